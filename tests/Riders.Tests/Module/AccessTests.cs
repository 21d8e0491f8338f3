using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Modules;

namespace Riders.Tests.Module;

/// <summary>What callers see and do not see.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task A_delivery_is_seen_by_its_customer_its_rider_and_operators_only()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        var path = $"/api/deliveries/by-order/{orderId}";
        await rider.GetAsync(path).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
        await rider.TakeAsync();

        await rider.GetAsync(path).ShouldBeAsync(HttpStatusCode.OK);
        var own = await host.AsCustomer(host.Customer).GetJsonAsync(path);
        own.GetProperty("search").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await host.AsOperator().GetJsonAsync(path))
            .GetProperty("search")
            .GetProperty("asked")
            .GetInt32()
            .ShouldBe(1);
        foreach (
            var stranger in new[]
            {
                host.AsCustomer(Guid.CreateVersion7()),
                host.AsRider(Guid.CreateVersion7()),
            }
        )
            await stranger.GetAsync(path).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
        await host.AsOperator()
            .GetAsync($"/api/deliveries/by-order/{Guid.CreateVersion7()}")
            .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
    }

    [Fact]
    public async Task Anothers_offers_and_deliveries_do_not_exist()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        var offer = await rider.OfferAsync();
        var stranger = host.AsRider(Guid.CreateVersion7());
        foreach (var answer in new[] { "accept", "decline" })
        {
            await stranger
                .AnswerAsync(offer, answer)
                .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "offer_not_found");
        }
        var deliveryId = await rider.TakeAsync();
        foreach (var act in new[] { "pick-up", "deliver", "give-up" })
        {
            await stranger
                .ActAsync(deliveryId, act)
                .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
        }
        await stranger
            .PostAsync($"/api/deliveries/{deliveryId}/fail", new { reason = "lost" })
            .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
    }

    [Fact]
    public async Task Lists_are_paged_newest_first()
    {
        await using var host = await RidersHost.StartAsync();
        var orders = new List<Guid>();
        for (var order = 0; order < 5; order++)
        {
            orders.Add(await host.AcceptedOrderAsync());
            if (order % 2 == 0)
                host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await host.AsOperator().GetJsonAsync($"/api/deliveries?limit=2{cursor}");
            seen.AddRange(page.Items().Select(delivery => delivery.Id("orderId")));
            cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
        } while (cursor is not null);
        seen.Count.ShouldBe(5);
        seen.ShouldBe(orders, ignoreOrder: true);
        seen[0].ShouldBeOneOf(orders[3], orders[4]);
        seen[^1].ShouldBe(orders[0], "oldest");
    }

    [Fact]
    public async Task Development_has_twenty_riders_and_production_none()
    {
        await using var production = await RidersHost.StartAsync();
        (await production.ReadAsync(riders => riders.Riders.CountAsync())).ShouldBe(0);
        await using var development = await RidersHost.StartAsync("Development");
        (await development.ReadAsync(riders => riders.Riders.CountAsync())).ShouldBe(20);
        var demo = await development.AsRider(DemoIds.Rider).GetJsonAsync("/api/riders/me");
        demo.Text("name").ShouldBe("Kim Min-jun");
    }
}
