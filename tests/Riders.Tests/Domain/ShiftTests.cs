using Riders.Domain;
using static Riders.Tests.Domain.Scene;

namespace Riders.Tests.Domain;

/// <summary>Riders rule 1, and the load of rule 6.</summary>
public sealed class ShiftTests
{
    [Fact]
    public void A_rider_goes_from_offline_through_available_and_offered_to_busy_and_back()
    {
        var rider = Rider.Register(NewId(), "Ji-woo");
        rider.State.ShouldBe(RiderState.Offline);
        rider.GoOnline();
        rider.State.ShouldBe(RiderState.Available);
        var delivery = Requested();
        var offer = delivery.Ask(rider);
        rider.State.ShouldBe(RiderState.Offered);
        delivery.Accept(offer, rider, Rules, Noon).ShouldBeDone();
        rider.State.ShouldBe(RiderState.Busy);
        delivery.PickUp(rider, Noon).ShouldBeDone();
        delivery.Complete(rider, Noon).ShouldBeDone();
        rider.State.ShouldBe(RiderState.Available);
        rider.GoOffline().ShouldBeDone();
        rider.State.ShouldBe(RiderState.Offline);
    }

    [Fact]
    public void A_rider_with_a_delivery_in_hand_cannot_go_offline()
    {
        var rider = OnlineRider();
        Requested().AssignedTo(rider);
        rider.GoOffline().ShouldBeRefused("deliveries_in_hand");
        rider.State.ShouldBe(RiderState.Busy);
    }

    [Fact]
    public void A_rider_with_an_open_offer_answers_it_before_going_offline()
    {
        var rider = OnlineRider();
        var delivery = Requested();
        var offer = delivery.Ask(rider);
        rider.GoOffline().ShouldBeRefused("offer_open");
        delivery.Decline(offer, rider, Noon).ShouldBeDone();
        rider.GoOffline().ShouldBeDone();
    }

    [Fact]
    public void Going_online_twice_changes_nothing()
    {
        var rider = OnlineRider();
        Requested().AssignedTo(rider);
        rider.GoOnline();
        rider.State.ShouldBe(RiderState.Busy);
    }

    [Fact]
    public void An_offline_rider_is_not_offered_anything()
    {
        var rider = Rider.Register(NewId());
        rider.MayBeOffered(Rules.MaximumLoad).ShouldBeFalse();
        Requested().OfferTo(rider, NewId(), 500, Rules, Noon).ShouldBeRefused("rider_offline");
    }

    [Fact]
    public void A_rider_takes_a_second_delivery_but_not_a_third()
    {
        var rider = OnlineRider();
        Requested().AssignedTo(rider);
        rider.MayBeOffered(Rules.MaximumLoad).ShouldBeTrue();
        Requested().AssignedTo(rider);
        rider.Load.ShouldBe(2);
        rider.MayBeOffered(Rules.MaximumLoad).ShouldBeFalse();
        Requested().OfferTo(rider, NewId(), 500, Rules, Noon).ShouldBeRefused("rider_fully_loaded");
    }

    [Fact]
    public void A_rider_holds_one_live_offer_at_most()
    {
        var rider = OnlineRider();
        Requested().Ask(rider);
        Requested().OfferTo(rider, NewId(), 500, Rules, Noon).ShouldBeRefused("rider_has_an_offer");
    }
}
