using System.Net;
using System.Net.Http.Json;
using Orders.Contracts;
using Orders.Domain;
using Orders.Features;

namespace Orders.Tests.Features;

/// <summary>Orders, rules 4 to 7: the store's answer, and who may call an order off until when.</summary>
[Collection(OrdersHost.Shared)]
public class AnsweringTests(OrdersHost host)
{
    [Fact]
    public async Task Accepting_tells_riders_when_the_food_is_ready_and_both_places()
    {
        var (store, _, order) = await PlacedAsync();

        var answer = await host.Keeper(store.StoreId).AcceptAsync(order.OrderId);

        var accepted = await answer.ShouldBeAsync<OrderView>(HttpStatusCode.OK);
        accepted.Status.ShouldBe(OrderStatus.Accepted);
        accepted.Payment.ShouldBe(PaymentStatus.Captured);
        accepted.ReadyAt.ShouldBe(host.Clock.GetUtcNow().AddMinutes(15));
        var said = (await host.SaidOfAsync(order.OrderId))[^1].ShouldBeOfType<OrderAccepted>();
        said.ReadyAt.ShouldBe(accepted.ReadyAt!.Value);
        said.PickUp.ShouldBe(new Place(37.5145, 127.1059));
        said.DropOff.ShouldBe(new Place(37.5150, 127.1060));
        said.DropOffAddress.ShouldBe("101-1203, 240 Olympic-ro");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(181)]
    [InlineData(null)]
    public async Task A_preparation_time_that_makes_no_sense_is_invalid(int? preparationMinutes)
    {
        var (store, _, order) = await PlacedAsync();

        var answer = await host.Keeper(store.StoreId)
            .PostAsJsonAsync($"/api/orders/{order.OrderId}/accept", new { preparationMinutes });

        await answer.ShouldBeAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task A_second_accept_is_a_conflict()
    {
        var (store, _, order) = await PlacedAsync();
        await host.Keeper(store.StoreId).AcceptAsync(order.OrderId);

        var second = await host.Keeper(store.StoreId).AcceptAsync(order.OrderId);

        await second.ShouldBeAsync(HttpStatusCode.Conflict, "order_already_accepted");
    }

    [Fact]
    public async Task Ready_follows_accepted_and_is_said()
    {
        var (store, _, order) = await PlacedAsync();
        var keeper = host.Keeper(store.StoreId);
        await (await keeper.ReadyAsync(order.OrderId)).ShouldBeAsync(
            HttpStatusCode.Conflict,
            "order_not_accepted"
        );
        await keeper.AcceptAsync(order.OrderId);

        var answer = await keeper.ReadyAsync(order.OrderId);

        (await answer.ShouldBeAsync<OrderView>(HttpStatusCode.OK)).Status.ShouldBe(OrderStatus.Ready);
        (await host.SaidOfAsync(order.OrderId))[^1].ShouldBeOfType<OrderReady>();
    }

    [Fact]
    public async Task A_rejected_order_says_why_in_code()
    {
        var (store, customer, order) = await PlacedAsync();

        var answer = await host.Keeper(store.StoreId)
            .PostAsJsonAsync($"/api/orders/{order.OrderId}/reject", new { reason = "Too busy" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var seen = await customer.SeeAsync(order.OrderId);
        seen.Status.ShouldBe(OrderStatus.Rejected);
        seen.Timeline[^1]
            .ShouldBe(
                new TimelineView(OrderStatus.Rejected, host.Clock.GetUtcNow(), Party.Store, "too_busy")
            );
        (await host.SaidOfAsync(order.OrderId))[^1]
            .ShouldBeOfType<OrderRejected>()
            .Reason.ShouldBe("too_busy");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!!!")]
    public async Task An_order_is_not_turned_down_without_a_reason(string? reason)
    {
        var (store, customer, order) = await PlacedAsync();

        var rejected = await host.Keeper(store.StoreId)
            .PostAsJsonAsync($"/api/orders/{order.OrderId}/reject", new { reason });
        var cancelled = await customer.PostAsJsonAsync($"/api/orders/{order.OrderId}/cancel", new { reason });

        await rejected.ShouldBeAsync(HttpStatusCode.BadRequest, "validation_failed");
        await cancelled.ShouldBeAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task A_customer_cancels_until_the_store_accepts_and_no_longer()
    {
        var (_, customer, cancelled) = await PlacedAsync();
        var (store, other, accepted) = await PlacedAsync();
        await host.Keeper(store.StoreId).AcceptAsync(accepted.OrderId);

        (await customer.CancelAsync(cancelled.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await other.CancelAsync(accepted.OrderId)).ShouldBeAsync(
            HttpStatusCode.Conflict,
            "order_already_accepted"
        );
        (await host.SaidOfAsync(cancelled.OrderId))[^1]
            .ShouldBeOfType<OrderCancelled>()
            .CancelledBy.ShouldBe("customer");
    }

    [Fact]
    public async Task A_store_and_an_operator_cancel_after_accepting()
    {
        var (store, _, byStore) = await PlacedAsync();
        var (otherStore, _, byOperator) = await PlacedAsync();
        await host.Keeper(store.StoreId).AcceptAsync(byStore.OrderId);
        await host.Keeper(otherStore.StoreId).AcceptAsync(byOperator.OrderId);

        var first = await host.Keeper(store.StoreId).CancelAsync(byStore.OrderId, "out_of_stock");
        var second = await host.Operator().CancelAsync(byOperator.OrderId, "no_rider");

        (await first.ShouldBeAsync<OrderView>(HttpStatusCode.OK)).Payment.ShouldBe(PaymentStatus.Releasing);
        (await second.ShouldBeAsync<OrderView>(HttpStatusCode.OK)).Payment.ShouldBe(PaymentStatus.Releasing);
    }

    [Fact]
    public async Task Only_an_operator_says_whose_fault_a_cancellation_was()
    {
        var (store, _, order) = await PlacedAsync();
        await host.Keeper(store.StoreId).AcceptAsync(order.OrderId);
        var blame = new { reason = "customer_asked", fault = "customer" };

        var keeper = await host.Keeper(store.StoreId)
            .PostAsJsonAsync($"/api/orders/{order.OrderId}/cancel", blame);
        var operatorAnswer = await host.Operator()
            .PostAsJsonAsync($"/api/orders/{order.OrderId}/cancel", blame);

        await keeper.ShouldBeAsync(HttpStatusCode.BadRequest, "validation_failed");
        (await operatorAnswer.ShouldBeAsync<OrderView>(HttpStatusCode.OK)).Payment.ShouldBe(
            PaymentStatus.Captured
        );
    }

    [Fact]
    public async Task An_order_nobody_answers_expires_after_ten_minutes()
    {
        var (_, customer, order) = await PlacedAsync();

        host.Clock.Advance(TimeSpan.FromMinutes(9));
        await host.SweepAsync<ExpireOrders>();
        (await customer.SeeAsync(order.OrderId)).Status.ShouldBe(OrderStatus.Placed);

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.SweepAsync<ExpireOrders>();
        (await customer.SeeAsync(order.OrderId)).Status.ShouldBe(OrderStatus.Expired);
        (await host.SaidOfAsync(order.OrderId)).OfType<OrderExpired>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_replicas_that_sweep_at_once_expire_an_order_once()
    {
        var (_, _, order) = await PlacedAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(10));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SweepAsync<ExpireOrders>()));

        (await host.SaidOfAsync(order.OrderId)).OfType<OrderExpired>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Cancel_against_accept_has_one_winner()
    {
        for (var round = 0; round < 5; round++)
        {
            var (store, customer, order) = await PlacedAsync();
            var keeper = host.Keeper(store.StoreId);

            var answers = await Task.WhenAll(
                keeper.AcceptAsync(order.OrderId),
                customer.CancelAsync(order.OrderId)
            );

            answers
                .Select(answer => answer.StatusCode)
                .Order()
                .ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
            (await host.SaidOfAsync(order.OrderId)).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Many_accepts_at_once_have_one_winner()
    {
        var (store, _, order) = await PlacedAsync();
        var keeper = host.Keeper(store.StoreId);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => keeper.AcceptAsync(order.OrderId))
        );

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(5);
        (await host.SaidOfAsync(order.OrderId)).OfType<OrderAccepted>().ShouldHaveSingleItem();
    }

    private async Task<(StoreView Store, HttpClient Customer, OrderView Order)> PlacedAsync()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        return (store, customer, await customer.OrderSoupAsync(store));
    }
}

[Collection(OrdersHostOnPostgreSql.SharedOnPostgreSql)]
public sealed class AnsweringOnPostgreSqlTests(OrdersHostOnPostgreSql host) : AnsweringTests(host);
