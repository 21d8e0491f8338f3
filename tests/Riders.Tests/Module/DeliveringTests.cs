using System.Net;
using Orders.Contracts;
using Platform.Testing;
using Riders.Contracts;

namespace Riders.Tests.Module;

/// <summary>From an accepted order to a paid rider, through the module's own front door.</summary>
public class DeliveringTests
{
    private readonly TestEngine _engine;

    public DeliveringTests()
        : this(TestEngines.Default) { }

    protected DeliveringTests(TestEngine engine) => _engine = engine;

    [Fact]
    public async Task An_accepted_order_is_offered_taken_picked_up_delivered_and_paid()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (riderId, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();

        var offer = await rider.OfferAsync();
        offer.Id("orderId").ShouldBe(orderId);
        offer.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow().AddSeconds(30));
        offer.ToString().ShouldNotContain("Garden-ro");
        (await rider.GetJsonAsync("/api/riders/me")).Word("state").ShouldBe("offered");

        var taken = await (await rider.AnswerAsync(offer, "accept")).JsonAsync();
        taken.Word("status").ShouldBe("assigned");
        taken.GetProperty("dropOff").Text("address").ShouldBe("2 Garden-ro, door 4");
        var deliveryId = taken.Id("deliveryId");

        await host.SayAsync(orderId, new OrderReady(orderId, Guid.CreateVersion7(), host.Clock.GetUtcNow()));
        var waiting = (await rider.GetJsonAsync("/api/riders/me/deliveries")).Items().ShouldHaveSingleItem();
        waiting.GetProperty("foodIsReady").GetBoolean().ShouldBeTrue();

        (await (await rider.ActAsync(deliveryId, "pick-up")).JsonAsync()).Word("status").ShouldBe("pickedUp");
        var delivered = await (await rider.ActAsync(deliveryId, "deliver")).JsonAsync();
        delivered.Word("status").ShouldBe("delivered");
        delivered.ToString().ShouldNotContain("Garden-ro");

        (await rider.GetJsonAsync("/api/riders/me")).Word("state").ShouldBe("available");
        var earnings = await rider.GetJsonAsync("/api/riders/me/earnings");
        earnings.Text("date").ShouldBe("2026-03-02");
        earnings.GetProperty("total").GetProperty("amount").GetDecimal().ShouldBe(4_600);
        earnings.Items().ShouldHaveSingleItem().Id("orderId").ShouldBe(orderId);
        (await rider.GetJsonAsync("/api/riders/me/earnings?date=2026-03-01")).Items().ShouldBeEmpty();

        var said = await host.SaidAsync();
        said.Select(one => one.GetType())
            .ShouldBe([
                typeof(DeliveryRequested),
                typeof(DeliveryOffered),
                typeof(RiderAssigned),
                typeof(DeliveryReady),
                typeof(DeliveryPickedUp),
                typeof(DeliveryCompleted),
            ]);
        ((RiderAssigned)said[2]).RiderId.ShouldBe(riderId);
        ((DeliveryCompleted)said[5]).OrderId.ShouldBe(orderId);
    }

    [Fact]
    public async Task A_repeated_acceptance_makes_no_second_delivery()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var orderId = await host.AcceptedOrderAsync();
        await host.AcceptedOrderAsync(orderId: orderId);
        (await host.AsOperator().GetJsonAsync("/api/deliveries")).Items().ShouldHaveSingleItem();
        (await host.SaidAsync()).OfType<DeliveryRequested>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Steps_said_twice_happen_once()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        var offer = await rider.OfferAsync();
        var deliveryId = offer.Id("deliveryId");
        for (var time = 0; time < 2; time++)
            await rider.AnswerAsync(offer, "accept").ShouldBeAsync(HttpStatusCode.OK);
        for (var time = 0; time < 2; time++)
            await rider.ActAsync(deliveryId, "pick-up").ShouldBeAsync(HttpStatusCode.OK);
        for (var time = 0; time < 2; time++)
            await rider.ActAsync(deliveryId, "deliver").ShouldBeAsync(HttpStatusCode.OK);
        (await host.SaidAsync()).Count.ShouldBe(5);
        (await rider.GetJsonAsync("/api/riders/me/earnings")).Items().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Steps_out_of_turn_are_refused_and_change_nothing()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        var deliveryId = await rider.TakeAsync();
        await rider
            .ActAsync(deliveryId, "deliver")
            .ShouldBeRefusedAsync(HttpStatusCode.Conflict, "delivery_assigned");
        await rider.ActAsync(deliveryId, "pick-up").ShouldBeAsync(HttpStatusCode.OK);
        await rider
            .ActAsync(deliveryId, "give-up")
            .ShouldBeRefusedAsync(HttpStatusCode.Conflict, "delivery_picked_up");
        (await host.SaidAsync())[^1].ShouldBeOfType<DeliveryPickedUp>();
    }

    [Fact]
    public async Task Cancelling_the_order_frees_its_rider_before_pick_up()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (riderId, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        var deliveryId = await rider.TakeAsync();
        await host.CancelAsync(orderId);
        (await rider.GetJsonAsync("/api/riders/me")).Word("state").ShouldBe("available");
        await rider
            .ActAsync(deliveryId, "pick-up")
            .ShouldBeRefusedAsync(HttpStatusCode.Conflict, "delivery_cancelled");
        var unassigned = (await host.SaidAsync()).OfType<RiderUnassigned>().ShouldHaveSingleItem();
        (unassigned.RiderId, unassigned.Reason).ShouldBe((riderId, "order_cancelled"));
    }

    [Fact]
    public async Task Cancelling_the_order_does_not_stop_food_on_its_way()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        var deliveryId = await rider.TakeAsync();
        await rider.ActAsync(deliveryId, "pick-up").ShouldBeAsync(HttpStatusCode.OK);
        await host.CancelAsync(orderId);
        await rider.ActAsync(deliveryId, "deliver").ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Cancelling_an_order_that_has_no_delivery_changes_nothing()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        await host.CancelAsync(Guid.CreateVersion7());
        (await host.SaidAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Giving_up_before_pick_up_asks_the_next_rider_at_once()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (firstId, first) = await host.OnlineRiderAsync(100);
        var (_, second) = await host.OnlineRiderAsync(500);
        await host.AcceptedOrderAsync();
        var deliveryId = await first.TakeAsync();
        await first.ActAsync(deliveryId, "give-up").ShouldBeAsync(HttpStatusCode.NoContent);
        (await second.OfferAsync()).Id("deliveryId").ShouldBe(deliveryId);
        await first
            .ActAsync(deliveryId, "pick-up")
            .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
        var unassigned = (await host.SaidAsync()).OfType<RiderUnassigned>().ShouldHaveSingleItem();
        (unassigned.RiderId, unassigned.Reason).ShouldBe((firstId, "gave_up"));
    }

    [Fact]
    public async Task A_rider_who_does_not_get_to_the_store_is_taken_off()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync(1_000);
        await host.AcceptedOrderAsync();
        await rider.TakeAsync();
        await host.PassAsync(TimeSpan.FromMinutes(20));
        (await rider.GetJsonAsync("/api/riders/me")).Word("state").ShouldBe("available");
        (await host.SaidAsync())
            .OfType<RiderUnassigned>()
            .ShouldHaveSingleItem()
            .Reason.ShouldBe("no_progress");
    }

    [Fact]
    public async Task A_rider_who_waits_at_the_store_for_late_food_stays()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        await rider.TakeAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(20));
        await RidersHost.ReportAsync(rider, Riders.Tests.Domain.Scene.Store);
        await host.SweepAsync();
        (await rider.GetJsonAsync("/api/riders/me")).Word("state").ShouldBe("busy");
    }

    [Fact]
    public async Task Food_that_cannot_be_handed_over_goes_back_and_its_rider_is_paid()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (riderId, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        var deliveryId = await rider.TakeAsync();
        var fail = $"/api/deliveries/{deliveryId}/fail";
        await rider
            .PostAsync(fail, new { reason = "customer_absent" })
            .ShouldBeRefusedAsync(HttpStatusCode.Conflict, "not_picked_up");
        await rider.ActAsync(deliveryId, "pick-up").ShouldBeAsync(HttpStatusCode.OK);
        await rider
            .PostAsync(fail, new { reason = "bored" })
            .ShouldBeRefusedAsync(HttpStatusCode.BadRequest, "validation_failed");
        await rider
            .PostAsync(fail, new { reason = "no_rider" })
            .ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "operator_only");
        for (var time = 0; time < 2; time++)
        {
            var failed = await (await rider.PostAsync(fail, new { reason = "customer_absent" })).JsonAsync();
            failed.Word("status").ShouldBe("returned");
        }
        var said = (await host.SaidAsync()).OfType<DeliveryFailed>().ShouldHaveSingleItem();
        (said.RiderId, said.Reason, said.Fault).ShouldBe((riderId, "customer_absent", "customer"));
        (await rider.GetJsonAsync("/api/riders/me/earnings")).Items().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_operator_ends_a_delivery_that_nobody_takes()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        await host.AcceptedOrderAsync();
        var desk = host.AsOperator();
        var delivery = (await desk.GetJsonAsync("/api/deliveries")).Items().ShouldHaveSingleItem();
        var failed = await desk.PostAsync(
            $"/api/deliveries/{delivery.Id("deliveryId")}/fail",
            new { reason = "no_rider" }
        );
        (await failed.JsonAsync()).Word("status").ShouldBe("failed");
        var said = (await host.SaidAsync()).OfType<DeliveryFailed>().ShouldHaveSingleItem();
        (said.RiderId, said.Fault).ShouldBe((null, "platform"));
    }

    [Fact]
    public async Task Each_missed_promise_is_said_once()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        await host.AcceptedOrderAsync();
        for (var minute = 0; minute < 60; minute++)
            await host.PassAsync(TimeSpan.FromMinutes(1));
        (await host.SaidAsync())
            .OfType<DeliverySlaMissed>()
            .Select(missed => missed.Deadline)
            .ShouldBe(["assign", "pick_up", "drop_off"]);
    }

    [Fact]
    public async Task Nothing_is_lost_by_a_restart()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (riderId, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        var deliveryId = await rider.TakeAsync();
        await rider.ActAsync(deliveryId, "pick-up").ShouldBeAsync(HttpStatusCode.OK);
        await host.RestartAsync();
        await host.AsRider(riderId).ActAsync(deliveryId, "deliver").ShouldBeAsync(HttpStatusCode.OK);
        (await host.SaidAsync()).Count.ShouldBe(5);
    }
}

public sealed class DeliveringOnPostgreSqlTests() : DeliveringTests(TestEngine.PostgreSql);
