using System.Net;
using System.Net.Http.Json;
using Orders.Contracts;
using Orders.Domain;
using Orders.Features;
using Reviews.Contracts;
using Riders.Contracts;

namespace Orders.Tests.Integration;

/// <summary>Orders, rules 8 and 9: the order follows the delivery, the store's rating follows its reviews.</summary>
[Collection(OrdersHost.Shared)]
public class FollowingTests(OrdersHost host)
{
    private static readonly Guid Rider = Guid.CreateVersion7();

    [Fact]
    public async Task An_order_is_carried_and_delivered_as_riders_say()
    {
        var (customer, order) = await AcceptedAsync();

        SayPickedUp(order);
        SayDelivered(order);
        await host.CaughtUpAsync();

        var seen = await customer.SeeAsync(order);
        seen.Status.ShouldBe(OrderStatus.Delivered);
        seen.RiderId.ShouldBe(Rider);
        (await host.SaidOfAsync(order))
            .Select(happened => happened.GetType())
            .ShouldBe([
                typeof(OrderPlaced),
                typeof(OrderAccepted),
                typeof(OrderReady),
                typeof(OrderPickedUp),
                typeof(OrderDelivered),
            ]);
    }

    [Fact]
    public async Task News_that_come_again_or_late_change_nothing()
    {
        var (customer, order) = await AcceptedAsync();
        SayPickedUp(order);
        SayDelivered(order);
        await host.CaughtUpAsync();
        var (before, said) = (await customer.SeeAsync(order), (await host.SaidOfAsync(order)).Count);

        SayPickedUp(order);
        SayDelivered(order);
        SayFailed(order, "rider");
        await host.CaughtUpAsync();

        (await customer.SeeAsync(order)).ShouldBeEquivalentTo(before);
        (await host.SaidOfAsync(order)).Count.ShouldBe(said);
    }

    [Theory]
    [InlineData("store", true)]
    [InlineData("platform", true)]
    [InlineData("rider", true)]
    [InlineData("customer", false)]
    [InlineData("weather", true)]
    public async Task An_undeliverable_order_is_refunded_by_fault(string fault, bool refunded)
    {
        var (customer, order) = await AcceptedAsync();
        SayPickedUp(order);

        SayFailed(order, fault);
        await host.CaughtUpAsync();
        await host.SweepAsync<SettlePayments>();

        var seen = await customer.SeeAsync(order);
        seen.Status.ShouldBe(OrderStatus.Undeliverable);
        seen.Payment.ShouldBe(refunded ? PaymentStatus.Released : PaymentStatus.Captured);
        (await host.SaidOfAsync(order))[^1].ShouldBeOfType<OrderUndeliverable>().Reason.ShouldBe("accident");
    }

    [Fact]
    public async Task A_pick_up_that_crosses_a_cancellation_does_not_bring_the_order_back()
    {
        var (customer, order) = await AcceptedAsync();
        await host.Operator().CancelAsync(order, "no_rider");

        SayPickedUp(order);
        await host.CaughtUpAsync();

        (await customer.SeeAsync(order)).Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public async Task A_carried_order_cannot_be_cancelled()
    {
        var (_, order) = await AcceptedAsync();
        SayPickedUp(order);
        await host.CaughtUpAsync();

        await (await host.Operator().CancelAsync(order, "other")).ShouldBeAsync(
            HttpStatusCode.Conflict,
            "order_already_picked_up"
        );
    }

    [Fact]
    public async Task A_stores_rating_is_the_newest_that_reviews_said()
    {
        var store = await host.StoreAsync();

        SayRated(store.StoreId, 4.5, 2, revision: 2);
        SayRated(store.StoreId, 5.0, 1, revision: 1);
        await host.CaughtUpAsync();

        var seen = await host.Anonymous()
            .GetFromJsonAsync<StoreView>($"/api/stores/{store.StoreId}", Platform.Testing.ModuleHost.Json);
        seen!.Rating.ShouldBe(new RatingView(4.5, 2));
    }

    private async Task<(HttpClient Customer, Guid OrderId)> AcceptedAsync()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var order = await customer.OrderSoupAsync(store);
        (await host.Keeper(store.StoreId).AcceptAsync(order.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
        return (customer, order.OrderId);
    }

    private void SayPickedUp(Guid order) =>
        host.Riders.Say(order, new DeliveryPickedUp(order, order, Rider, host.Clock.GetUtcNow()));

    private void SayDelivered(Guid order) =>
        host.Riders.Say(order, new DeliveryCompleted(order, order, Rider, host.Clock.GetUtcNow()));

    private void SayFailed(Guid order, string fault) =>
        host.Riders.Say(
            order,
            new DeliveryFailed(order, order, Rider, "accident", fault, host.Clock.GetUtcNow())
        );

    private void SayRated(Guid storeId, double average, int count, long revision) =>
        host.Reviews.Say(
            storeId,
            new StoreRatingChanged(storeId, average, count, revision, host.Clock.GetUtcNow())
        );
}

[Collection(OrdersHostOnPostgreSql.SharedOnPostgreSql)]
public sealed class FollowingOnPostgreSqlTests(OrdersHostOnPostgreSql host) : FollowingTests(host);
