using System.Net;
using Platform.Testing;
using Riders.Tests.Domain;

namespace Riders.Tests.Module;

/// <summary>Riders rule 7, for those who watch.</summary>
public sealed class LiveTests
{
    [Fact]
    public async Task The_customer_is_told_who_brings_it_where_they_are_and_that_it_is_there()
    {
        await using var host = await RidersHost.StartAsync();
        var (riderId, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        await using var live = await OpenAsync(host, orderId);
        (await live.NextAsync()).Text("status").ShouldBe("Offered");

        var deliveryId = await rider.TakeAsync();
        var assigned = await live.NextAsync();
        assigned.Text("status").ShouldBe("Assigned");
        assigned.Data.GetProperty("riderId").GetGuid().ShouldBe(riderId);

        await rider.ActAsync(deliveryId, "pick-up");
        (await live.NextAsync("status")).Text("status").ShouldBe("PickedUp");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await RidersHost.ReportAsync(rider, Scene.Customer);
        Told location;
        do location = await live.NextAsync("location");
        while (location.Data.GetProperty("latitude").GetDouble() != Scene.Customer.Latitude);

        await rider.ActAsync(deliveryId, "deliver");
        (await live.NextAsync("status")).Text("status").ShouldBe("Delivered");
        (await live.EndsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_rider_is_seen_moving_whichever_replica_they_report_to()
    {
        await using var host = await RidersHost.StartAsync();
        await using var replica = await host.StartReplicaAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        await rider.ActAsync(await rider.TakeAsync(), "pick-up");
        await using var live = await OpenAsync(replica, orderId);
        (await live.NextAsync()).Text("status").ShouldBe("PickedUp");

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await RidersHost.ReportAsync(rider, Scene.Customer);
        await host.ShareLocationsAsync();
        await replica.ShareLocationsAsync();

        Told location;
        do location = await live.NextAsync("location");
        while (location.Data.GetProperty("latitude").GetDouble() != Scene.Customer.Latitude);
    }

    [Fact]
    public async Task Only_riders_who_carry_food_are_written_often()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        await RidersHost.ReportAsync(rider, Scene.Customer);

        await host.ShareLocationsAsync();

        (await host.ReadAsync(riders => Task.FromResult(riders.Locations.Any()))).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_follows_a_delivery_that_is_not_theirs_to_see()
    {
        await using var host = await RidersHost.StartAsync();
        var orderId = await host.AcceptedOrderAsync();
        foreach (
            var stranger in new[]
            {
                host.AsCustomer(Guid.CreateVersion7()),
                host.AsRider(Guid.CreateVersion7()),
            }
        )
        {
            using var refused = await LiveClient.AskAsync(stranger, PathOf(orderId));
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        using var unknown = await LiveClient.AskAsync(host.AsOperator(), PathOf(Guid.CreateVersion7()));
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string PathOf(Guid orderId) => $"/api/deliveries/by-order/{orderId}/stream";

    private static Task<LiveClient> OpenAsync(RidersHost host, Guid orderId) =>
        LiveClient.OpenAsync(host.AsCustomer(host.Customer), PathOf(orderId));
}
