using Riders.Domain;
using static Riders.Tests.Domain.Scene;

namespace Riders.Tests.Domain;

/// <summary>Riders rules 2, 3 and 4.</summary>
public sealed class OfferTests
{
    [Fact]
    public void The_search_starts_at_once_when_the_food_is_ready_within_the_lead() =>
        Requested(readyIn: TimeSpan.FromMinutes(10)).WantsRider(Noon).ShouldBeTrue();

    [Fact]
    public void The_search_waits_until_the_lead_before_readiness()
    {
        var delivery = Requested(readyIn: TimeSpan.FromMinutes(40));
        delivery.WantsRider(Noon.AddMinutes(24)).ShouldBeFalse();
        delivery.DueAt.ShouldBe(Noon.AddMinutes(25));
        delivery.WantsRider(Noon.AddMinutes(25)).ShouldBeTrue();
        delivery
            .OfferTo(OnlineRider(), NewId(), 500, Rules, Noon.AddMinutes(24))
            .ShouldBeRefused("delivery_requested");
    }

    [Fact]
    public void Food_ready_early_starts_a_waiting_search()
    {
        var delivery = Requested(readyIn: TimeSpan.FromMinutes(40));
        delivery.NoteFoodIsReady(Noon.AddMinutes(5), Rules);
        delivery.WantsRider(Noon.AddMinutes(5)).ShouldBeTrue();
        delivery.ReadyAt.ShouldBe(Noon.AddMinutes(5));
    }

    [Fact]
    public void Only_the_first_word_of_readiness_counts()
    {
        var delivery = Requested();
        delivery.NoteFoodIsReady(Noon.AddMinutes(5), Rules);
        delivery.NoteFoodIsReady(Noon.AddMinutes(9), Rules);
        delivery.ReadyAt.ShouldBe(Noon.AddMinutes(5));
    }

    [Fact]
    public void A_delivery_has_one_live_offer_at_most()
    {
        var delivery = Requested();
        delivery.Ask(OnlineRider());
        var second = OnlineRider();
        delivery.OfferTo(second, NewId(), 500, Rules, Noon).ShouldBeRefused("delivery_offered");
        second.State.ShouldBe(RiderState.Available);
    }

    [Fact]
    public void An_offer_can_be_taken_until_its_thirty_seconds_are_over()
    {
        var rider = OnlineRider();
        var delivery = Requested();
        var offer = delivery.Ask(rider);
        delivery.Accept(offer, rider, Rules, Noon.AddSeconds(29.9)).ShouldBeDone();
        delivery.Status.ShouldBe(DeliveryStatus.Assigned);
        delivery.RiderId.ShouldBe(rider.RiderId);
    }

    [Fact]
    public void An_offer_is_gone_after_thirty_seconds_even_before_anybody_sweeps()
    {
        var rider = OnlineRider();
        var delivery = Requested();
        var offer = delivery.Ask(rider);
        delivery.Accept(offer, rider, Rules, Noon.AddSeconds(30)).ShouldBeRefused("offer_gone");
        delivery.Decline(offer, rider, Noon.AddSeconds(30)).ShouldBeRefused("offer_gone");
    }

    [Fact]
    public void Silence_moves_on_to_the_next_rider()
    {
        var (first, second) = (OnlineRider(), OnlineRider());
        var delivery = Requested();
        var missed = delivery.Ask(first);
        delivery.LetOfferLapse(first, Noon.AddSeconds(29));
        delivery.Status.ShouldBe(DeliveryStatus.Offered);
        delivery.LetOfferLapse(first, Noon.AddSeconds(30));
        first.State.ShouldBe(RiderState.Available);
        delivery.AssignedTo(second, Noon.AddSeconds(30));
        delivery.Accept(missed, first, Rules, Noon.AddSeconds(31)).ShouldBeRefused("offer_gone");
        delivery.RiderId.ShouldBe(second.RiderId);
    }

    [Fact]
    public void Declining_moves_on_to_the_next_rider()
    {
        var rider = OnlineRider();
        var delivery = Requested();
        var offer = delivery.Ask(rider);
        delivery.Decline(offer, rider, Noon).ShouldBeDone();
        rider.State.ShouldBe(RiderState.Available);
        delivery.WantsRider(Noon).ShouldBeTrue();
        delivery.Decline(offer, rider, Noon).ShouldBeRefused("offer_gone");
    }

    [Fact]
    public void Nobody_answers_anothers_offer()
    {
        var delivery = Requested();
        var offer = delivery.Ask(OnlineRider());
        delivery.Accept(offer, OnlineRider(), Rules, Noon).ShouldBeRefused("offer_not_found");
        delivery.Decline(offer, OnlineRider(), Noon).ShouldBeRefused("offer_not_found");
    }

    [Fact]
    public void Taking_it_again_is_known_as_a_repeat_while_the_rider_has_it()
    {
        var rider = OnlineRider();
        var delivery = Requested();
        var offer = delivery.AssignedTo(rider);
        delivery.WasAcceptedBy(rider.RiderId, offer).ShouldBeTrue();
        delivery.WasAcceptedBy(NewId(), offer).ShouldBeFalse();
        delivery.GiveUp(rider, Rules, Noon).ShouldBeDone();
        delivery.WasAcceptedBy(rider.RiderId, offer).ShouldBeFalse();
        delivery.Accept(offer, rider, Rules, Noon).ShouldBeRefused("offer_gone");
    }

    [Fact]
    public void Nobody_is_asked_twice_in_a_round_but_may_be_in_the_next()
    {
        var rider = OnlineRider();
        var delivery = Requested();
        delivery.Decline(delivery.Ask(rider), rider, Noon).ShouldBeDone();
        delivery.OfferTo(rider, NewId(), 500, Rules, Noon).ShouldBeRefused("already_asked");
        delivery.NoteNobodyFound(Rules, Noon + Rules.RoundLastsAtLeast).ShouldBeNull();
        delivery.Round.ShouldBe(2);
        delivery.Ask(rider, Noon + Rules.RoundLastsAtLeast);
    }

    [Fact]
    public void The_radius_doubles_by_round_and_stays_at_the_last()
    {
        double[] radii = [.. Enumerable.Range(1, 5).Select(Rules.RadiusMetres)];
        radii.ShouldBe([2_000, 4_000, 8_000, 8_000, 8_000]);
    }

    [Fact]
    public void A_round_that_finds_nobody_is_tried_again_before_the_radius_widens()
    {
        var delivery = Requested();
        delivery.NoteNobodyFound(Rules, Noon.AddSeconds(14)).ShouldBeNull();
        delivery.Round.ShouldBe(1);
        delivery.SearchAt.ShouldBe(Noon.AddSeconds(16));
        delivery.NoteNobodyFound(Rules, Noon.AddSeconds(16)).ShouldBeNull();
        delivery.Round.ShouldBe(2);
        delivery.WantsRider(Noon.AddSeconds(16)).ShouldBeTrue();
    }

    [Fact]
    public void After_the_last_round_the_operator_is_told_once_and_the_search_goes_on()
    {
        var delivery = Requested();
        var told = new List<BrokenPromise>();
        for (var seconds = 0; seconds <= 120; seconds += 2)
        {
            var now = Noon.AddSeconds(seconds);
            if (delivery.WantsRider(now) && delivery.NoteNobodyFound(Rules, now) is { } broken)
                told.Add(broken);
        }
        told.ShouldHaveSingleItem().Deadline.ShouldBe("assign");
        delivery.NoRiderSince.ShouldNotBeNull();
        delivery.BreakPromises(Noon.AddMinutes(6)).ShouldBeEmpty();
        delivery.AssignedTo(OnlineRider(), Noon.AddMinutes(6));
        delivery.NoRiderSince.ShouldBeNull();
    }

    [Fact]
    public void The_pick_up_is_expected_when_both_rider_and_food_are_there()
    {
        var slow = Requested(readyIn: TimeSpan.FromMinutes(10));
        slow.AssignedTo(OnlineRider());
        slow.EstimatedPickUpAt.ShouldBe(Noon.AddMinutes(10));

        var ready = Requested(readyIn: TimeSpan.Zero);
        ready.AssignedTo(OnlineRider());
        ready.EstimatedPickUpAt.ShouldBe(Noon.AddMinutes(2));
        ready.EstimatedDropOffAt!.Value.ShouldBe(Noon.AddMinutes(12), TimeSpan.FromSeconds(1));
    }
}
