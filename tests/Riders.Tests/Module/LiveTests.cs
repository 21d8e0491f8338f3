using System.Net;
using Orders.Contracts;
using Platform.Testing;
using Riders.Tests.Domain;

namespace Riders.Tests.Module;

/// <summary>Riders rule 7, for those who watch.</summary>
public sealed class LiveTests
{
    private const string Ride = "/api/riders/me/stream";

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

    [Fact]
    public async Task A_delivery_that_is_cancelled_before_a_rider_took_it_says_so_and_ends()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        await using var live = await OpenAsync(host, orderId);
        (await live.NextAsync()).Text("status").ShouldBe("Offered");

        await host.CancelAsync(orderId);

        (await live.NextAsync("status")).Text("status").ShouldBe("Cancelled");
        (await live.EndsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_delivery_that_nobody_was_asked_for_ends_with_its_order()
    {
        await using var host = await RidersHost.StartAsync();
        var orderId = await host.AcceptedOrderAsync();
        await using var live = await OpenAsync(host, orderId);
        (await live.NextAsync()).Text("status").ShouldBe("Requested");

        await host.CancelAsync(orderId);

        (await live.NextAsync("status")).Text("status").ShouldBe("Cancelled");
        (await live.EndsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_rider_is_told_of_an_offer_of_what_they_took_and_that_the_food_is_ready()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        await using var live = await LiveClient.OpenAsync(rider, Ride);
        (await live.NextAsync()).Text("status").ShouldBe("Available");

        var orderId = await host.AcceptedOrderAsync();
        var offered = await live.NextAsync("status");
        offered.Text("status").ShouldBe("Offered");
        offered.Data.GetProperty("offers")[0].GetProperty("orderId").GetGuid().ShouldBe(orderId);

        await rider.TakeAsync();
        var taken = await live.NextAsync("status");
        taken.Text("status").ShouldBe("Busy");
        taken.Data.GetProperty("deliveries")[0].GetProperty("foodIsReady").GetBoolean().ShouldBeFalse();

        await host.SayAsync(orderId, new OrderReady(orderId, Guid.CreateVersion7(), host.Clock.GetUtcNow()));
        var ready = await live.NextAsync("status");
        ready.Data.GetProperty("deliveries")[0].GetProperty("foodIsReady").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_rider_is_told_by_the_replica_they_listen_to_what_another_did()
    {
        await using var host = await RidersHost.StartAsync();
        await using var replica = await host.StartReplicaAsync();
        var (riderId, rider) = await host.OnlineRiderAsync();
        string? last;
        await using (var live = await LiveClient.OpenAsync(replica.AsRider(riderId), Ride))
        {
            (await live.NextAsync()).Text("status").ShouldBe("Available");
            var orderId = await host.AcceptedOrderAsync();
            var offered = await NextByPollAsync(host, live);
            offered.Text("status").ShouldBe("Offered");
            offered.Data.GetProperty("offers")[0].GetProperty("orderId").GetGuid().ShouldBe(orderId);
            last = offered.Id;
        }

        await rider.TakeAsync();

        await using var back = await LiveClient.OpenAsync(replica.AsRider(riderId), Ride, last);
        (await NextByPollAsync(host, back)).Text("status").ShouldBe("Busy");
    }

    [Fact]
    public async Task A_rider_is_told_that_what_they_were_asked_is_off()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        await using var live = await LiveClient.OpenAsync(rider, Ride);
        (await live.NextAsync()).Text("status").ShouldBe("Offered");

        await host.CancelAsync(orderId);

        (await live.NextAsync("status")).Text("status").ShouldBe("Available");
    }

    [Fact]
    public async Task A_rider_hears_nothing_of_anothers_offers()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, near) = await host.OnlineRiderAsync(100);
        var (_, far) = await host.OnlineRiderAsync(900);
        await using var live = await LiveClient.OpenAsync(far, Ride);
        (await live.NextAsync()).Text("status").ShouldBe("Available");

        var orderId = await host.AcceptedOrderAsync();
        await near.AnswerAsync(await near.OfferAsync(), "decline");

        var told = await live.NextAsync();
        told.Text("status").ShouldBe("Offered");
        told.Data.GetProperty("offers")[0].GetProperty("orderId").GetGuid().ShouldBe(orderId);
        using var refused = await LiveClient.AskAsync(host.AsCustomer(host.Customer), Ride);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>A replica finds what another said by its poll, for which time must pass.</summary>
    private static async Task<Told> NextByPollAsync(RidersHost host, LiveClient live)
    {
        var next = live.NextAsync("status");
        await Eventually.HoldsAsync(
            () =>
            {
                host.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(next.IsCompleted);
            },
            "the rider is told"
        );
        return await next;
    }

    private static string PathOf(Guid orderId) => $"/api/deliveries/by-order/{orderId}/stream";

    private static Task<LiveClient> OpenAsync(RidersHost host, Guid orderId) =>
        LiveClient.OpenAsync(host.AsCustomer(host.Customer), PathOf(orderId));
}
