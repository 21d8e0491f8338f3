using System.Net;
using Platform.Live;
using Platform.Testing;

namespace Orders.Tests.Features;

/// <summary>Clients are told and never poll.</summary>
[Collection(OrdersHost.Shared)]
public sealed class LiveTests(OrdersHost host)
{
    [Fact]
    public async Task A_customer_is_told_how_the_order_stands_and_then_each_change_until_it_ends()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var orderId = (await customer.OrderSoupAsync(store)).OrderId;
        await using var live = await LiveClient.OpenAsync(customer, $"/api/orders/{orderId}/stream");

        var placed = await live.NextAsync();
        placed.Name.ShouldBe("status");
        placed.Text("status").ShouldBe("Placed");
        placed.Data.GetProperty("orderId").GetGuid().ShouldBe(orderId);

        await host.Keeper(store.StoreId).AcceptAsync(orderId);
        (await live.NextAsync()).Text("status").ShouldBe("Accepted");
        await host.Keeper(store.StoreId).CancelAsync(orderId, "out_of_gas");
        var cancelled = await live.NextAsync();
        cancelled.Text("status").ShouldBe("Cancelled");
        cancelled.Text("reason").ShouldBe("out_of_gas");
        (await live.EndsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_comes_back_is_told_what_they_missed_and_nothing_twice()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var keeper = host.Keeper(store.StoreId);
        var orderId = (await customer.OrderSoupAsync(store)).OrderId;
        var path = $"/api/orders/{orderId}/stream";
        string? last;
        await using (var live = await LiveClient.OpenAsync(customer, path))
        {
            await live.NextAsync();
            await keeper.AcceptAsync(orderId);
            last = (await live.NextAsync()).Id;
        }

        await keeper.ReadyAsync(orderId);
        await using (var live = await LiveClient.OpenAsync(customer, path, last))
        {
            (await live.NextAsync()).Text("status").ShouldBe("Ready");
            await keeper.CancelAsync(orderId, "out_of_gas");
            var cancelled = await live.NextAsync();
            cancelled.Text("status").ShouldBe("Cancelled");
            last = cancelled.Id;
        }

        using var nothingMore = await LiveClient.AskAsync(customer, path, last);
        nothingMore.StatusCode.ShouldBe(HttpStatusCode.NoContent, "a browser then stops asking");
    }

    [Fact]
    public async Task A_place_in_the_stream_that_never_was_begins_anew()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var orderId = (await customer.OrderSoupAsync(store)).OrderId;

        foreach (var last in new[] { "999999999999", "-1", "nonsense" })
        {
            await using var live = await LiveClient.OpenAsync(
                customer,
                $"/api/orders/{orderId}/stream",
                last
            );
            (await live.NextAsync()).Text("status").ShouldBe("Placed");
        }
    }

    [Fact]
    public async Task Nobody_follows_an_order_that_is_not_theirs_to_see()
    {
        var (store, customer) = (await host.StoreAsync(), host.Customer());
        var path = $"/api/orders/{(await customer.OrderSoupAsync(store)).OrderId}/stream";

        foreach (var may in new[] { customer, host.Keeper(store.StoreId), host.Operator() })
            await using (await LiveClient.OpenAsync(may, path)) { }
        foreach (var mayNot in new[] { host.Customer(), host.Keeper(Guid.CreateVersion7()), host.Rider() })
        {
            using var refused = await LiveClient.AskAsync(mayNot, path);
            await refused.ShouldBeAsync(HttpStatusCode.NotFound, "order_not_found");
        }
        using var anonymous = await LiveClient.AskAsync(host.Anonymous(), path);
        anonymous.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_board_is_told_the_open_orders_of_its_store_and_then_every_change()
    {
        var (store, other, customer) = (await host.StoreAsync(), await host.StoreAsync(), host.Customer());
        var keeper = host.Keeper(store.StoreId);
        var first = (await customer.OrderSoupAsync(store)).OrderId;
        await using var live = await LiveClient.OpenAsync(
            keeper,
            $"/api/stores/{store.StoreId}/orders/stream"
        );
        (await live.NextAsync()).Data.GetProperty("orderId").GetGuid().ShouldBe(first);

        await customer.OrderSoupAsync(other);
        var second = (await customer.OrderSoupAsync(store)).OrderId;
        var told = await live.NextAsync();
        told.Text("status").ShouldBe("Placed");
        told.Data.GetProperty("orderId").GetGuid().ShouldBe(second);
        await keeper.AcceptAsync(first);
        told = await live.NextAsync();
        told.Text("status").ShouldBe("Accepted");
        told.Data.GetProperty("orderId").GetGuid().ShouldBe(first);
    }

    [Fact]
    public async Task A_board_is_its_keepers_own()
    {
        var path = $"/api/stores/{(await host.StoreAsync()).StoreId}/orders/stream";

        using var stranger = await LiveClient.AskAsync(host.Keeper(Guid.CreateVersion7()), path);
        await stranger.ShouldBeAsync(HttpStatusCode.Forbidden, "not_your_store");
        using var customer = await LiveClient.AskAsync(host.Customer(), path);
        customer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await using (await LiveClient.OpenAsync(host.Operator(), path)) { }
    }

    [Fact]
    public async Task A_quiet_stream_beats_so_that_nobody_hangs_up()
    {
        var customer = host.Customer();
        var orderId = (await customer.OrderSoupAsync(await host.StoreAsync())).OrderId;
        await using var live = await LiveClient.OpenAsync(customer, $"/api/orders/{orderId}/stream");
        await live.NextAsync();
        var before = Beats(live);
        _ = live.ReadOnAsync();

        await Eventually.HoldsAsync(
            () =>
            {
                host.Clock.Advance(LiveStreams.Heartbeat);
                return Beats(live) > before;
            },
            "a comment comes"
        );
    }

    private static int Beats(LiveClient live) => live.Raw.Split(":\n\n").Length;
}
