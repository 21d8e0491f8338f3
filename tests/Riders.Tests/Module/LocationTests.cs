using System.Net;
using Microsoft.EntityFrameworkCore;
using Riders.Tests.Domain;

namespace Riders.Tests.Module;

/// <summary>Riders rule 7.</summary>
public sealed class LocationTests
{
    [Fact]
    public async Task Many_locations_make_one_row_and_no_event()
    {
        await using var host = await RidersHost.StartAsync();
        var (riderId, rider) = await host.OnlineRiderAsync();
        for (var metres = 0; metres < 50; metres++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await RidersHost.ReportAsync(rider, Scene.North(Scene.Store, metres));
        }
        (await host.ReadAsync(riders => riders.Locations.CountAsync())).ShouldBe(0);
        await host.KeepLocationsAsync();
        var row = await host.ReadAsync(riders => riders.Locations.SingleAsync());
        row.RiderId.ShouldBe(riderId);
        row.At.ShouldBe(host.Clock.GetUtcNow());
        (await host.SaidAsync()).ShouldBeEmpty();

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await RidersHost.ReportAsync(rider, Scene.Customer);
        await host.KeepLocationsAsync();
        row = await host.ReadAsync(riders => riders.Locations.SingleAsync());
        row.Latitude.ShouldBe(Scene.Customer.Latitude);
    }

    [Fact]
    public async Task Locations_outlive_a_restart()
    {
        await using var host = await RidersHost.StartAsync();
        var (riderId, _) = await host.OnlineRiderAsync();
        await host.KeepLocationsAsync();
        await host.RestartAsync();
        await host.AcceptedOrderAsync();
        await host.AsRider(riderId).OfferAsync();
    }

    [Fact]
    public async Task The_customer_sees_the_rider_move_while_the_food_is_carried()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        var path = $"/api/deliveries/by-order/{orderId}";
        var customer = host.AsCustomer(host.Customer);
        (await customer.GetJsonAsync(path))
            .GetProperty("rider")
            .ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        var deliveryId = await rider.TakeAsync();
        var assigned = (await customer.GetJsonAsync(path)).GetProperty("rider");
        assigned.Text("name").ShouldNotBeNull().ShouldStartWith("Rider ");
        assigned.GetProperty("location").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        await rider.ActAsync(deliveryId, "pick-up").ShouldBeAsync(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        await RidersHost.ReportAsync(rider, Scene.Customer);
        var carried = (await customer.GetJsonAsync(path)).GetProperty("rider").GetProperty("location");
        carried.GetProperty("latitude").GetDouble().ShouldBe(Scene.Customer.Latitude);

        await rider.ActAsync(deliveryId, "deliver").ShouldBeAsync(HttpStatusCode.OK);
        var over = (await customer.GetJsonAsync(path)).GetProperty("rider");
        over.GetProperty("location").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Another_replica_learns_where_a_rider_is_and_asks_them()
    {
        await using var host = await RidersHost.StartAsync();
        var (riderId, _) = await host.OnlineRiderAsync();
        await host.KeepLocationsAsync();
        await using var other = await host.StartReplicaAsync();
        await host.AcceptedOrderAsync();
        (await host.AsRider(riderId).OfferAsync())
            .ToString()
            .ShouldBe((await other.AsRider(riderId).OfferAsync()).ToString());
        await other.AsRider(riderId).TakeAsync();
        (await host.AsRider(riderId).GetJsonAsync("/api/riders/me")).Word("state").ShouldBe("busy");
    }

    [Fact]
    public async Task The_last_location_is_known_after_a_restart()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        await rider.ActAsync(await rider.TakeAsync(), "pick-up").ShouldBeAsync(HttpStatusCode.OK);
        await host.KeepLocationsAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await host.RestartAsync();
        var seen = await host.AsCustomer(host.Customer).GetJsonAsync($"/api/deliveries/by-order/{orderId}");
        seen.GetProperty("rider")
            .GetProperty("location")
            .GetProperty("at")
            .GetDateTimeOffset()
            .ShouldBe(Scene.Noon);
    }
}
