using System.Net;
using Microsoft.EntityFrameworkCore;
using Orders.Contracts;
using Orders.Domain;
using Orders.Features;

namespace Orders.Tests.Features;

/// <summary>Orders, rule 5: what happens to the money, whatever the gateway does.</summary>
[Collection(OrdersHost.Shared)]
public sealed class PaymentTests(OrdersHost host)
{
    [Fact]
    public async Task A_declined_capture_cancels_the_order_and_tells_the_store()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();
        var order = await customer.OrderSoupAsync(store, "tok_decline_capture");

        var answer = await host.Keeper(store.StoreId).AcceptAsync(order.OrderId);

        await answer.ShouldBeAsync(HttpStatusCode.Conflict, "payment_failed");
        var seen = await customer.SeeAsync(order.OrderId);
        seen.Status.ShouldBe(OrderStatus.Cancelled);
        seen.Timeline[^1].Reason.ShouldBe("payment_failed");
        var said = (await host.SaidOfAsync(order.OrderId))[^1].ShouldBeOfType<OrderCancelled>();
        (said.CancelledBy, said.Reason).ShouldBe(("platform", "payment_failed"));
    }

    [Fact]
    public async Task An_order_that_came_to_nothing_gives_the_money_back()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());
        var order = await customer.OrderSoupAsync(store);
        await host.Keeper(store.StoreId).RejectAsync(order.OrderId);
        (await customer.SeeAsync(order.OrderId)).Payment.ShouldBe(PaymentStatus.Releasing);

        await host.SweepAsync<SettlePayments>();

        (await customer.SeeAsync(order.OrderId)).Payment.ShouldBe(PaymentStatus.Released);
        host.Gateway.Held.Except(held).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refund_that_fails_is_tried_until_it_succeeds()
    {
        var (customer, store) = (host.Customer(), await host.StoreAsync());
        var order = await customer.OrderSoupAsync(store, "tok_refund_fails_twice");
        await host.Keeper(store.StoreId).AcceptAsync(order.OrderId);
        await host.Keeper(store.StoreId).CancelAsync(order.OrderId, "out_of_stock");

        var waits = new List<int>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await host.SweepAsync<SettlePayments>();
            var settlement = await SettlementOfAsync(order.OrderId);
            settlement.Attempts.ShouldBe(attempt);
            if (settlement.DueAt is { } due)
            {
                waits.Add((int)(due - host.Clock.GetUtcNow()).TotalSeconds);
                host.Clock.Advance(due - host.Clock.GetUtcNow());
            }
        }

        waits.ShouldBe([5, 10]);
        (await SettlementOfAsync(order.OrderId)).SettledAt.ShouldNotBeNull();
        (await customer.SeeAsync(order.OrderId)).Payment.ShouldBe(PaymentStatus.Released);
    }

    [Fact]
    public async Task Replicas_that_settle_at_once_count_one_attempt()
    {
        var (customer, store) = (host.Customer(), await host.StoreAsync());
        var order = await customer.OrderSoupAsync(store);
        await customer.CancelAsync(order.OrderId);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SweepAsync<SettlePayments>()));

        (await SettlementOfAsync(order.OrderId)).Attempts.ShouldBe(1);
        (await customer.SeeAsync(order.OrderId)).Payment.ShouldBe(PaymentStatus.Released);
    }

    [Fact]
    public async Task A_timed_out_authorisation_places_nothing_and_is_released_later()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());

        var answer = await customer.PlaceAsync(OrdersHost.Soup(store, "tok_timeout"));

        await answer.ShouldBeAsync(HttpStatusCode.ServiceUnavailable, "payment_timed_out");
        (
            await host.ReadAsync(database => database.Orders.AnyAsync(row => row.StoreId == store.StoreId))
        ).ShouldBeFalse();
        host.Gateway.Held.Except(held).ShouldHaveSingleItem();

        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customer_who_tries_again_after_a_time_out_pays_once()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());
        await customer.PlaceAsync(OrdersHost.Soup(store, "tok_timeout"), "a key");

        var again = await customer.PlaceAsync(OrdersHost.Soup(store), "a key");

        var order = await again.ShouldBeAsync<OrderView>(HttpStatusCode.Created);
        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldHaveSingleItem();
        var accepted = await host.Keeper(store.StoreId).AcceptAsync(order.OrderId);
        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_payment_token_is_kept_nowhere()
    {
        var (customer, store) = (host.Customer(), await host.StoreAsync());
        var order = await customer.OrderSoupAsync(store);

        var row = await host.ReadAsync(database =>
            database.Orders.SingleAsync(row => row.Id == order.OrderId)
        );

        row.PaymentReference.ShouldNotContain("tok_");
        foreach (var happened in await host.SaidOfAsync(order.OrderId))
            happened.ToString()!.ShouldNotContain("tok_");
    }

    private Task<Settlement> SettlementOfAsync(Guid orderId) =>
        host.ReadAsync(database =>
            database.Settlements.AsNoTracking().SingleAsync(row => row.OrderId == orderId)
        );
}
