using System.Net;
using Microsoft.EntityFrameworkCore;
using Orders.Contracts;
using Platform.Testing;
using Riders.Contracts;
using Riders.Domain;
using Riders.Tests.Domain;

namespace Riders.Tests.Module;

/// <summary>Who is asked, in which order, and who wins.</summary>
public class DispatchingTests
{
    private readonly TestEngine _engine;

    public DispatchingTests()
        : this(TestEngines.Default) { }

    protected DispatchingTests(TestEngine engine) => _engine = engine;

    [Fact]
    public async Task The_nearest_rider_is_asked_and_the_next_when_they_decline()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, far) = await host.OnlineRiderAsync(900);
        var (_, near) = await host.OnlineRiderAsync(100);
        await host.AcceptedOrderAsync();
        (await far.HasNoOfferAsync()).ShouldBeTrue();
        var offer = await near.OfferAsync();
        await near.AnswerAsync(offer, "decline").ShouldBeAsync(HttpStatusCode.NoContent);
        (await near.HasNoOfferAsync()).ShouldBeTrue();
        (await far.OfferAsync()).Id("deliveryId").ShouldBe(offer.Id("deliveryId"));
        await near.AnswerAsync(offer, "accept").ShouldBeRefusedAsync(HttpStatusCode.Conflict, "offer_gone");
    }

    [Fact]
    public async Task Silence_for_thirty_seconds_moves_on_to_the_next_rider()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, near) = await host.OnlineRiderAsync(100);
        var (farId, far) = await host.OnlineRiderAsync(900);
        await host.AcceptedOrderAsync();
        var missed = await near.OfferAsync();
        await host.PassAsync(TimeSpan.FromSeconds(29));
        (await far.HasNoOfferAsync()).ShouldBeTrue();
        await host.PassAsync(TimeSpan.FromSeconds(1));
        var late = near.AnswerAsync(missed, "accept");
        var inTime = far.AnswerAsync(await far.OfferAsync(), "accept");
        await late.ShouldBeRefusedAsync(HttpStatusCode.Conflict, "offer_gone");
        await inTime.ShouldBeAsync(HttpStatusCode.OK);
        (await host.SaidAsync()).OfType<RiderAssigned>().ShouldHaveSingleItem().RiderId.ShouldBe(farId);
    }

    [Fact]
    public async Task An_order_is_not_offered_before_its_time()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync(readyInMinutes: 17);
        (await rider.HasNoOfferAsync()).ShouldBeTrue();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await RidersHost.ReportAsync(rider, Scene.Store);
        await host.SweepAsync();
        await rider.OfferAsync();
    }

    [Fact]
    public async Task Food_ready_early_is_offered_early()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync(readyInMinutes: 60);
        await host.SayAsync(orderId, new OrderReady(orderId, Guid.CreateVersion7(), host.Clock.GetUtcNow()));
        await host.SweepAsync();
        await rider.OfferAsync();
    }

    [Fact]
    public async Task A_rider_whose_location_is_old_is_not_asked()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(121));
        await host.AcceptedOrderAsync();
        (await rider.HasNoOfferAsync()).ShouldBeTrue();
        await RidersHost.ReportAsync(rider, Scene.Store);
        await host.PassAsync(TimeSpan.FromSeconds(2));
        await rider.OfferAsync();
    }

    [Fact]
    public async Task A_rider_who_is_offline_is_not_asked()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        await rider.PutAsync("/api/riders/me/shift", new { online = false }).ShouldBeAsync(HttpStatusCode.OK);
        await host.AcceptedOrderAsync();
        (await rider.HasNoOfferAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Going_offline_with_an_open_offer_declines_it()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, near) = await host.OnlineRiderAsync(100);
        var (_, far) = await host.OnlineRiderAsync(900);
        await host.AcceptedOrderAsync();
        var left = await near.PutAsync("/api/riders/me/shift", new { online = false });
        (await left.JsonAsync()).Word("state").ShouldBe("offline");
        await far.OfferAsync();
    }

    [Fact]
    public async Task A_rider_takes_two_orders_of_one_store_and_no_third()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        for (var order = 0; order < 2; order++)
        {
            await host.AcceptedOrderAsync();
            await rider.TakeAsync();
        }
        await host.AcceptedOrderAsync();
        (await rider.HasNoOfferAsync()).ShouldBeTrue();
        (await rider.GetJsonAsync("/api/riders/me")).GetProperty("deliveries").GetInt32().ShouldBe(2);
        await rider
            .PutAsync("/api/riders/me/shift", new { online = false })
            .ShouldBeRefusedAsync(HttpStatusCode.UnprocessableEntity, "deliveries_in_hand");
    }

    [Fact]
    public async Task The_radius_widens_round_by_round()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync(3_000);
        await host.AcceptedOrderAsync();
        (await rider.HasNoOfferAsync()).ShouldBeTrue();
        await host.PassAsync(TimeSpan.FromSeconds(15));
        await rider.OfferAsync();
    }

    [Fact]
    public async Task When_nobody_is_found_the_operator_sees_it_and_the_search_goes_on()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var orderId = await host.AcceptedOrderAsync();
        for (var time = 0; time < 60; time++)
            await host.PassAsync(TimeSpan.FromSeconds(2));
        (await host.SaidAsync())
            .OfType<DeliverySlaMissed>()
            .ShouldHaveSingleItem()
            .Deadline.ShouldBe("assign");
        var seen = await host.AsOperator().GetJsonAsync($"/api/deliveries/by-order/{orderId}");
        seen.GetProperty("search")
            .GetProperty("noRiderSince")
            .GetDateTimeOffset()
            .ShouldBeGreaterThan(Scene.Noon);
        var (_, rider) = await host.OnlineRiderAsync(7_000);
        await host.PassAsync(TimeSpan.FromSeconds(2));
        await rider.TakeAsync();
    }

    [Fact]
    public async Task Many_sweeps_at_once_make_one_offer()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        for (var rider = 0; rider < 5; rider++)
            await host.OnlineRiderAsync(100 + rider);
        var orderId = Guid.CreateVersion7();
        await host.SayAsync(orderId, host.Accepted(orderId));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(host.SweepAsync)));
        var offers = await host.ReadAsync(riders =>
            riders.Deliveries.AsNoTracking().SelectMany(delivery => delivery.Offers).ToListAsync()
        );
        offers.ShouldHaveSingleItem().State.ShouldBe(OfferState.Live);
        (
            await host.ReadAsync(riders => riders.Riders.CountAsync(rider => rider.LiveOfferId != null))
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Taking_many_times_at_once_is_taking_once()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        var offer = await rider.OfferAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => rider.AnswerAsync(offer, "accept"))
        );
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await host.SaidAsync()).OfType<RiderAssigned>().ShouldHaveSingleItem();
        (await rider.GetJsonAsync("/api/riders/me")).GetProperty("deliveries").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Taking_while_the_order_is_cancelled_leaves_nobody_with_it()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        for (var race = 0; race < 5; race++)
        {
            var orderId = await host.AcceptedOrderAsync();
            var offer = await rider.OfferAsync();
            var taking = rider.AnswerAsync(offer, "accept");
            await Task.WhenAll(taking, host.CancelAsync(orderId));
            HttpStatusCode[] outcomes = [HttpStatusCode.OK, HttpStatusCode.Conflict];
            outcomes.ShouldContain((await taking).StatusCode);
            (await rider.GetJsonAsync("/api/riders/me")).Word("state").ShouldBe("available");
        }
        var said = await host.SaidAsync();
        said.OfType<RiderUnassigned>().Count().ShouldBe(said.OfType<RiderAssigned>().Count());
        (await host.AsOperator().GetJsonAsync("/api/deliveries?status=cancelled")).Items().Count.ShouldBe(5);
    }

    [Fact]
    public async Task Without_a_hand_on_the_clock_an_order_is_offered_within_seconds()
    {
        await using var host = await RidersHost.StartAsync(clock: TimeProvider.System, engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = Guid.CreateVersion7();
        host.Orders.Say(orderId, host.Accepted(orderId));
        await Eventually.HoldsAsync(async () => !await rider.HasNoOfferAsync(), "the rider is asked");
        (await rider.OfferAsync()).Id("orderId").ShouldBe(orderId);
    }

    [Fact]
    public async Task Taking_and_declining_at_once_has_one_outcome()
    {
        await using var host = await RidersHost.StartAsync(engine: _engine);
        var (_, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        var offer = await rider.OfferAsync();
        var answers = await Task.WhenAll(
            rider.AnswerAsync(offer, "accept"),
            rider.AnswerAsync(offer, "decline")
        );
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(1);
    }
}

public sealed class DispatchingOnPostgreSqlTests() : DispatchingTests(TestEngine.PostgreSql);
