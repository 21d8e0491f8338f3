using System.Net;
using System.Net.Http.Json;
using Orders.Features;
using Platform.Http;

namespace Orders.Tests.Features;

/// <summary>Orders, rule 10, and Everyone: what one may not see is 404, what one may see but not do is 403.</summary>
[Collection(OrdersHost.Shared)]
public sealed class VisibilityTests(OrdersHost host)
{
    [Fact]
    public async Task An_order_is_seen_by_its_customer_its_store_and_operators_alone()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var path = $"/api/orders/{(await customer.OrderSoupAsync(store)).OrderId}";

        foreach (var may in new[] { customer, host.Keeper(store.StoreId), host.Operator() })
            (await may.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var mayNot in new[] { host.Customer(), host.Keeper(Guid.CreateVersion7()), host.Rider() })
            await (await mayNot.GetAsync(path)).ShouldBeAsync(HttpStatusCode.NotFound, "order_not_found");
        (await host.Anonymous().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_store_does_not_learn_the_customers_address()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var order = await customer.OrderSoupAsync(store);

        (await host.Keeper(store.StoreId).SeeAsync(order.OrderId)).Address.ShouldBeNull();
        (await customer.SeeAsync(order.OrderId)).Address!.Line.ShouldBe("101-1203, 240 Olympic-ro");
    }

    [Fact]
    public async Task Another_store_cannot_answer_an_order()
    {
        var order = await host.Customer().OrderSoupAsync(await host.StoreAsync());
        var stranger = host.Keeper(Guid.CreateVersion7());

        foreach (
            var answer in new[]
            {
                await stranger.AcceptAsync(order.OrderId),
                await stranger.RejectAsync(order.OrderId),
                await stranger.ReadyAsync(order.OrderId),
                await stranger.CancelAsync(order.OrderId),
                await host.Customer().CancelAsync(order.OrderId),
            }
        )
        {
            await answer.ShouldBeAsync(HttpStatusCode.NotFound, "order_not_found");
        }
    }

    [Fact]
    public async Task Answering_is_the_stores_own()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var order = await customer.OrderSoupAsync(store);

        foreach (var caller in new[] { customer, host.Operator(), host.Rider() })
        {
            (await caller.AcceptAsync(order.OrderId)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await caller.RejectAsync(order.OrderId)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await caller.ReadyAsync(order.OrderId)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        (await host.Rider().CancelAsync(order.OrderId)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_list_holds_the_callers_orders_alone_newest_first()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var first = await customer.OrderSoupAsync(store);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await customer.OrderSoupAsync(store);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var others = await host.Customer().OrderSoupAsync(store);

        (await ListAsync(customer)).ShouldBe([second.OrderId, first.OrderId]);
        (await ListAsync(host.Keeper(store.StoreId))).ShouldBe([
            others.OrderId,
            second.OrderId,
            first.OrderId,
        ]);
        (await ListAsync(host.Operator(), "?limit=2")).ShouldBe([others.OrderId, second.OrderId]);
        (await ListAsync(host.Keeper(Guid.CreateVersion7()))).ShouldBeEmpty();
        (await host.Rider().GetAsync("/api/orders")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_list_can_be_filtered_by_status()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var accepted = await customer.OrderSoupAsync(store);
        await host.Keeper(store.StoreId).AcceptAsync(accepted.OrderId);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var placed = await customer.OrderSoupAsync(store);

        (await ListAsync(customer, "?status=accepted")).ShouldBe([accepted.OrderId]);
        (await ListAsync(customer, "?status=Placed")).ShouldBe([placed.OrderId]);
        (await ListAsync(customer, "?status=pickedUp")).ShouldBeEmpty();
        (await ListAsync(customer, "?status=placed&status=accepted")).Count.ShouldBe(2);
        (await ListAsync(customer, "?status=placed,accepted")).Count.ShouldBe(2);
        (await ListAsync(customer, "?status=")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gaps_even_between_orders_of_one_instant()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var placed = new HashSet<Guid>();
        for (var order = 0; order < 7; order++)
            placed.Add((await customer.OrderSoupAsync(store)).OrderId);

        var seen = new List<Guid>();
        var path = "/api/orders?limit=3";
        for (string? next = path; next is not null; )
        {
            var page = await (await customer.GetAsync(next)).ShouldBeAsync<Page<OrderView>>(
                HttpStatusCode.OK
            );
            page.Items.Count.ShouldBeLessThanOrEqualTo(3);
            seen.AddRange(page.Items.Select(order => order.OrderId));
            next = page.Next is null ? null : $"{path}&cursor={page.Next}";
        }

        seen.Count.ShouldBe(7);
        seen.ToHashSet().SetEquals(placed).ShouldBeTrue();
    }

    [Theory]
    [InlineData("?status=lost", "unknown_status")]
    [InlineData("?status=1", "unknown_status")]
    [InlineData("?limit=0", "invalid_limit")]
    [InlineData("?limit=101", "invalid_limit")]
    [InlineData("?cursor=nonsense", "invalid_cursor")]
    public async Task A_list_that_cannot_be_is_a_bad_request(string query, string code) =>
        await (await host.Customer().GetAsync($"/api/orders{query}")).ShouldBeAsync(
            HttpStatusCode.BadRequest,
            code
        );

    [Fact]
    public async Task A_cursor_beyond_all_time_is_a_bad_request()
    {
        var cursor = PageCursor.Encode(long.MaxValue, Guid.Empty);

        foreach (var list in new[] { "/api/orders", "/api/stores" })
        {
            await (await host.Customer().GetAsync($"{list}?cursor={cursor}")).ShouldBeAsync(
                HttpStatusCode.BadRequest,
                "invalid_cursor"
            );
        }
    }

    private static async Task<List<Guid>> ListAsync(HttpClient caller, string query = "")
    {
        var page = await caller.GetFromJsonAsync<Page<OrderView>>(
            $"/api/orders{query}",
            Platform.Testing.ModuleHost.Json
        );
        return [.. page!.Items.Select(order => order.OrderId)];
    }
}
