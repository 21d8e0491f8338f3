using System.Net;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Orders.Features;

namespace Orders.Tests.Integration;

/// <summary>Deadlines, keys and payments live in rows: a restart loses none of them.</summary>
public sealed class RestartTests(OrdersHost host) : IClassFixture<OrdersHost>
{
    [Fact]
    public async Task An_order_whose_deadline_passed_while_nothing_ran_expires()
    {
        var customer = Guid.CreateVersion7();
        var order = await host.Customer(customer).OrderSoupAsync(await host.StoreAsync());

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.RestartAsync();
        await host.SweepAsync<ExpireOrders>();

        (await host.Customer(customer).SeeAsync(order.OrderId)).Status.ShouldBe(OrderStatus.Expired);
    }

    [Fact]
    public async Task A_key_gets_its_first_answer_after_a_restart()
    {
        var customer = Guid.CreateVersion7();
        var store = await host.StoreAsync();
        var first = await host.Customer(customer).PlaceAsync(OrdersHost.Soup(store), "a key");
        var order = await first.ShouldBeAsync<OrderView>(HttpStatusCode.Created);

        await host.RestartAsync();

        var second = await host.Customer(customer).PlaceAsync(OrdersHost.Soup(store), "a key");
        (await second.ShouldBeAsync<OrderView>(HttpStatusCode.Created)).ShouldBeEquivalentTo(order);
    }

    [Fact]
    public async Task A_payment_authorised_before_a_restart_is_captured_after_it()
    {
        var store = await host.StoreAsync();
        var order = await host.Customer().OrderSoupAsync(store);
        var poor = await host.Customer().OrderSoupAsync(store, "tok_decline_capture");

        await host.RestartAsync();

        var keeper = host.Keeper(store.StoreId);
        (await keeper.AcceptAsync(order.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await keeper.AcceptAsync(poor.OrderId)).ShouldBeAsync(
            HttpStatusCode.Conflict,
            "payment_failed"
        );
    }

    [Fact]
    public async Task A_refund_that_was_due_is_made_after_a_restart()
    {
        var customer = Guid.CreateVersion7();
        var order = await host.Customer(customer).OrderSoupAsync(await host.StoreAsync());
        await host.Customer(customer).CancelAsync(order.OrderId);

        await host.RestartAsync();
        await host.SweepAsync<SettlePayments>();

        (await host.Customer(customer).SeeAsync(order.OrderId)).Payment.ShouldBe(PaymentStatus.Released);
    }

    [Fact]
    public async Task A_process_that_stops_leaves_no_reference_ready_that_nobody_will_take()
    {
        var (customer, store) = (host.Customer(), await host.StoreAsync());
        for (var number = 0; number < 20; number++)
            await customer.OrderSoupAsync(store);
        await host.SweepAsync<SettlePayments>();
        (await host.ReadAsync(Unplaced)).ShouldBeGreaterThan(0);

        await host.RestartAsync();

        (await host.ReadAsync(Unplaced)).ShouldBe(0);

        static Task<int> Unplaced(OrdersDbContext database) =>
            database.PaymentIntentions.CountAsync(row =>
                !database.Orders.Any(order => order.Id == row.OrderId)
            );
    }
}
