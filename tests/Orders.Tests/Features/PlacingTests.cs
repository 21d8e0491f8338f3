using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Orders.Contracts;
using Orders.Domain;
using Orders.Features;
using Platform.Domain;

namespace Orders.Tests.Features;

/// <summary>Orders, rules 1 to 3 and 5, over HTTP.</summary>
[Collection(OrdersHost.Shared)]
public class PlacingTests(OrdersHost host)
{
    [Fact]
    public async Task A_placed_order_is_priced_by_the_server_and_can_be_looked_up()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();

        var answer = await customer.PlaceAsync(OrdersHost.Soup(store));

        var order = await answer.ShouldBeAsync<OrderView>(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldBe($"/api/orders/{order.OrderId}");
        order.Status.ShouldBe(OrderStatus.Placed);
        order.Total.ShouldBe(new Money(20_000, "KRW"));
        (await customer.SeeAsync(order.OrderId)).ShouldBeEquivalentTo(order);
        (await host.SaidOfAsync(order.OrderId)).Single().ShouldBeOfType<OrderPlaced>().Total.ShouldBe(20_000);
    }

    [Fact]
    public async Task An_order_reads_to_the_letter_as_it_did_when_it_was_placed()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();

        var placed = await customer.PlaceAsync(OrdersHost.Soup(store));

        (await customer.GetStringAsync(placed.Headers.Location)).ShouldBe(
            await placed.Content.ReadAsStringAsync()
        );
    }

    [Fact]
    public async Task A_quote_and_an_order_agree_and_a_quote_leaves_nothing_behind()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();

        var answer = await customer.PostAsJsonAsync("/api/orders/quotes", OrdersHost.Soup(store));

        var quote = await answer.ShouldBeAsync<QuoteView>(HttpStatusCode.OK);
        (await OrdersOfAsync(store.StoreId)).ShouldBe(0);
        (await customer.OrderSoupAsync(store)).Total.ShouldBe(quote.Total);
    }

    [Fact]
    public async Task A_price_that_the_client_sends_is_not_read()
    {
        var store = await host.StoreAsync();

        var answer = await host.Customer()
            .PlaceAsync(
                new
                {
                    storeId = store.StoreId,
                    items = new[]
                    {
                        new
                        {
                            menuItemId = store.Menu[0].MenuItemId,
                            quantity = 3,
                            price = 1,
                            unitPrice = 1,
                        },
                    },
                    address = new
                    {
                        line = "Home",
                        latitude = 37.5150,
                        longitude = 127.1060,
                    },
                    paymentToken = "tok_approve",
                    total = 1,
                }
            );

        (await answer.ShouldBeAsync<OrderView>(HttpStatusCode.Created)).Total.Amount.ShouldBe(20_000);
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();

        var first = await customer.PlaceAsync(OrdersHost.Soup(store), "a key");
        var second = await customer.PlaceAsync(OrdersHost.Soup(store), "a key");

        (await second.ShouldBeAsync<OrderView>(HttpStatusCode.Created)).ShouldBeEquivalentTo(
            await first.ShouldBeAsync<OrderView>(HttpStatusCode.Created)
        );
        (await OrdersOfAsync(store.StoreId)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_conflict()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();
        await customer.PlaceAsync(OrdersHost.Soup(store), "a key");

        var other = await customer.PlaceAsync(OrdersHost.Soup(store, quantity: 4), "a key");

        await other.ShouldBeAsync(HttpStatusCode.Conflict, "idempotency_key_reused");
        (await OrdersOfAsync(store.StoreId)).ShouldBe(1);
    }

    [Fact]
    public async Task One_key_of_two_customers_makes_two_orders()
    {
        var store = await host.StoreAsync();

        await host.Customer().PlaceAsync(OrdersHost.Soup(store), "a key");
        await host.Customer().PlaceAsync(OrdersHost.Soup(store), "a key");

        (await OrdersOfAsync(store.StoreId)).ShouldBe(2);
    }

    [Fact]
    public async Task Many_placings_at_once_with_one_key_make_one_order_and_what_the_others_hold_is_given_back()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();
        var held = host.Gateway.Held;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => customer.PlaceAsync(OrdersHost.Soup(store), "a key"))
        );

        var orders = new HashSet<Guid>();
        foreach (var answer in answers)
            orders.Add((await answer.ShouldBeAsync<OrderView>(HttpStatusCode.Created)).OrderId);
        orders.Count.ShouldBe(1);
        (await OrdersOfAsync(store.StoreId)).ShouldBe(1);
        await host.SweepAsync<SettlePayments>();
        host.Gateway.Held.Except(held).ShouldHaveSingleItem();
        (await host.Keeper(store.StoreId).AcceptAsync(orders.Single())).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    public async Task A_placing_without_a_key_is_refused(string? key)
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();
        if (key is not null)
            customer.DefaultRequestHeaders.TryAddWithoutValidation("Idempotency-Key", key);

        var answer = await customer.PostAsJsonAsync("/api/orders", OrdersHost.Soup(store));

        await answer.ShouldBeAsync(HttpStatusCode.BadRequest, "idempotency_key_required");
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        var answer = await host.Customer()
            .PlaceAsync(OrdersHost.Soup(await host.StoreAsync()), new string('k', 201));

        await answer.ShouldBeAsync(HttpStatusCode.BadRequest, "idempotency_key_required");
    }

    [Theory]
    [InlineData("tok_decline")]
    [InlineData("tok_of_nobody")]
    public async Task A_declined_payment_places_nothing(string token)
    {
        var store = await host.StoreAsync();

        var answer = await host.Customer().PlaceAsync(OrdersHost.Soup(store, token));

        await answer.ShouldBeAsync(HttpStatusCode.UnprocessableEntity, "payment_declined");
        (await OrdersOfAsync(store.StoreId)).ShouldBe(0);
    }

    [Fact]
    public async Task A_declined_payment_can_be_tried_again_with_the_same_key()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();
        await customer.PlaceAsync(OrdersHost.Soup(store, "tok_decline"), "a key");

        var again = await customer.PlaceAsync(OrdersHost.Soup(store), "a key");

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_not_found()
    {
        var store = await host.StoreAsync();

        var answer = await host.Customer()
            .PlaceAsync(OrdersHost.Soup(store) with { StoreId = Guid.CreateVersion7() });

        await answer.ShouldBeAsync(HttpStatusCode.NotFound, "store_not_found");
    }

    [Fact]
    public async Task What_the_domain_refuses_is_unprocessable_with_its_reason()
    {
        var store = await host.StoreAsync();

        var answer = await host.Customer().PlaceAsync(OrdersHost.Soup(store, quantity: 1));

        await answer.ShouldBeAsync(HttpStatusCode.UnprocessableEntity, "under_minimum");
    }

    [Fact]
    public async Task Only_customers_place_orders()
    {
        var store = await host.StoreAsync();
        var body = OrdersHost.Soup(store);

        (await host.Anonymous().PlaceAsync(body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Keeper(store.StoreId).PlaceAsync(body)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await host.Rider().PlaceAsync(body)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<int> OrdersOfAsync(Guid storeId) =>
        host.ReadAsync(database => database.Orders.CountAsync(order => order.StoreId == storeId));
}

[Collection(OrdersHostOnPostgreSql.SharedOnPostgreSql)]
public sealed class PlacingOnPostgreSqlTests(OrdersHostOnPostgreSql host) : PlacingTests(host);
