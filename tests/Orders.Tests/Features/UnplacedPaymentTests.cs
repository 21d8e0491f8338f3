using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Orders.Domain;
using Orders.Features;
using Platform.Data;

namespace Orders.Tests.Features;

/// <summary>Money that was held is an order's, or is given back; and it is one order's alone.</summary>
[Collection(OrdersHost.Shared)]
public class UnplacedPaymentTests(OrdersHost host)
{
    /// <summary>Two minutes to lie ready, and two for the placing.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    [Fact]
    [Trait("Fault", "S13")]
    public async Task A_hold_whose_order_was_never_saved_is_given_back()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());

        await PowerFailsAsync(() => customer.PlaceAsync(OrdersHost.Soup(store), "a key"));

        host.Gateway.Held.Except(held).ShouldHaveSingleItem();
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldHaveSingleItem("it may still be on its way");
        host.Clock.Advance(Deadline);
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "S13")]
    public async Task So_is_one_under_a_reference_that_was_written_ahead()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());
        for (var number = 0; number < 30; number++)
            await customer.OrderSoupAsync(store);
        var placed = host.Gateway.Held;
        var ahead = await UnplacedAsync();
        ahead.ShouldNotBeEmpty();

        await PowerFailsAsync(() => customer.PlaceAsync(OrdersHost.Soup(store)));

        var lost = host.Gateway.Held.Except(placed).ShouldHaveSingleItem();
        ahead.Select(id => $"{id:N}").ShouldContain(lost);
        host.Clock.Advance(Deadline);
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldBe(placed.Except(held), ignoreOrder: true);
    }

    [Fact]
    [Trait("Fault", "S13")]
    public async Task The_same_again_places_an_order_with_a_payment_of_its_own_and_the_first_is_given_back()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());
        await PowerFailsAsync(() => customer.PlaceAsync(OrdersHost.Soup(store), "a key"));
        var lost = host.Gateway.Held.Except(held).ShouldHaveSingleItem();

        var order = await PlaceWithAsync(customer, store, "a key");

        host.Clock.Advance(Deadline);
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldHaveSingleItem().ShouldNotBe(lost);
        (await host.Keeper(store.StoreId).AcceptAsync(order.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Fault", "S13")]
    public async Task Another_basket_with_the_key_of_an_order_that_never_was_is_placed()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());
        await PowerFailsAsync(() => customer.PlaceAsync(OrdersHost.Soup(store), "a key"));

        var other = await customer.PlaceAsync(OrdersHost.Soup(store, quantity: 5), "a key");

        var order = await other.ShouldBeAsync<OrderView>(HttpStatusCode.Created);
        host.Clock.Advance(Deadline);
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldHaveSingleItem();
        (await host.Keeper(store.StoreId).AcceptAsync(order.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Fault", "S13")]
    public async Task An_order_that_was_placed_keeps_its_money_and_its_key_and_a_repetition_holds_nothing_for_long()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());
        var first = await (
            await customer.PlaceAsync(OrdersHost.Soup(store), "a key")
        ).ShouldBeAsync<OrderView>(HttpStatusCode.Created);
        host.Clock.Advance(Deadline);
        await host.SweepAsync<SettlePayments>();

        var repeated = await customer.PlaceAsync(OrdersHost.Soup(store), "a key");

        (await repeated.ShouldBeAsync<OrderView>(HttpStatusCode.Created)).OrderId.ShouldBe(first.OrderId);
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Fault", "A4")]
    public async Task A_key_whose_answer_is_no_longer_kept_places_an_order_with_a_payment_of_its_own()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());
        var first = await PlaceWithAsync(customer, store, "a key");
        await ForgetAnswersAsync();

        var second = await PlaceWithAsync(customer, store, "a key");

        second.OrderId.ShouldNotBe(first.OrderId);
        host.Gateway.Held.Except(held).Count().ShouldBe(2);
        await customer.CancelAsync(second.OrderId);
        await host.SweepAsync<SettlePayments>();
        (await host.Keeper(store.StoreId).AcceptAsync(first.OrderId)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Fault", "S13")]
    public async Task An_intention_is_kept_until_its_deadline_and_no_longer()
    {
        var order = await host.Customer().OrderSoupAsync(await host.StoreAsync());
        await host.SweepAsync<SettlePayments>();
        (await KnowsAsync(order.OrderId)).ShouldBeTrue();

        host.Clock.Advance(Deadline);
        await host.SweepAsync<SettlePayments>();

        (await KnowsAsync(order.OrderId)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Fault", "M1")]
    public async Task An_order_at_another_price_than_the_expected_one_is_refused_with_the_new_quote()
    {
        var (held, customer, store) = (host.Gateway.Held, host.Customer(), await host.StoreAsync());
        var body = OrdersHost.Soup(store) with { ExpectedTotal = new(19_999, "KRW") };

        var answer = await customer.PlaceAsync(body);

        await answer.ShouldBeAsync(HttpStatusCode.Conflict, "price_changed");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var total = problem.RootElement.GetProperty("quote").GetProperty("total");
        total.GetProperty("amount").GetDecimal().ShouldBe(20_000);
        total.GetProperty("currency").GetString().ShouldBe("KRW");
        host.Gateway.Held.Except(held).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "M1")]
    public async Task An_order_at_the_expected_price_is_placed()
    {
        var (customer, store) = (host.Customer(), await host.StoreAsync());
        var body = OrdersHost.Soup(store) with { ExpectedTotal = new(20_000.00m, "KRW") };

        await (await customer.PlaceAsync(body)).ShouldBeAsync<OrderView>(HttpStatusCode.Created);
    }

    private async Task PowerFailsAsync(Func<Task<HttpResponseMessage>> placing)
    {
        host.WhenHeld = () => throw new InvalidOperationException("The power fails.");
        try
        {
            (await placing()).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        }
        finally
        {
            host.WhenHeld = null;
        }
    }

    private static async Task<OrderView> PlaceWithAsync(HttpClient customer, StoreView store, string key) =>
        await (await customer.PlaceAsync(OrdersHost.Soup(store), key)).ShouldBeAsync<OrderView>(
            HttpStatusCode.Created
        );

    private Task<bool> KnowsAsync(Guid orderId) =>
        host.ReadAsync(database => database.PaymentIntentions.AnyAsync(row => row.OrderId == orderId));

    private Task<List<Guid>> UnplacedAsync() =>
        host.ReadAsync(database =>
            database
                .PaymentIntentions.Where(row => !database.Orders.Any(order => order.Id == row.OrderId))
                .Select(row => row.OrderId)
                .ToListAsync()
        );

    /// <summary>As the trimmer does when they are old.</summary>
    private Task<int> ForgetAnswersAsync() =>
        host.ReadAsync(database =>
            database.Database.ExecuteSqlRawAsync(
                database.Database.IsSqlite()
                    ? "DELETE FROM idempotency_key"
                    : "DELETE FROM orders.idempotency_key"
            )
        );
}

[Collection(OrdersHostOnPostgreSql.SharedOnPostgreSql)]
public sealed class UnplacedPaymentOnPostgreSqlTests(OrdersHostOnPostgreSql host) : UnplacedPaymentTests(host)
{
    private readonly OrdersHostOnPostgreSql _host = host;

    [Fact]
    [Trait("Fault", "S13")]
    public async Task A_database_that_refuses_the_intention_means_503_and_nothing_is_held()
    {
        var (customer, store) = (_host.Customer(), await _host.StoreAsync());
        // What lies ready is too old by then.
        _host.Clock.Advance(TimeSpan.FromMinutes(3));
        var held = _host.Gateway.Held;
        await DoAsync(
            """
            CREATE FUNCTION orders.refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON orders.payment_intention
            FOR EACH STATEMENT EXECUTE FUNCTION orders.refuse()
            """
        );
        try
        {
            (await customer.PlaceAsync(OrdersHost.Soup(store), "a key")).IsSuccessStatusCode.ShouldBeFalse();
            var refused = await Should.ThrowAsync<Exception>(_host.AnotherReplica().TakeAsync());

            DatabaseFailure.IsUnreachable(refused).ShouldBeTrue("so the host answers 503");
            _host.Gateway.Held.Except(held).ShouldBeEmpty();
        }
        finally
        {
            await DoAsync("DROP FUNCTION orders.refuse CASCADE");
        }
        (await customer.PlaceAsync(OrdersHost.Soup(store), "a key")).StatusCode.ShouldBe(
            HttpStatusCode.Created
        );
    }

    private Task<int> DoAsync(string sql) =>
        _host.ReadAsync(database => database.Database.ExecuteSqlRawAsync(sql));
}
