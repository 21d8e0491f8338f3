using Riders.Domain;
using static Riders.Tests.Domain.Scene;

namespace Riders.Tests.Domain;

/// <summary>Riders rule 5.</summary>
public sealed class RideTests
{
    private readonly Rider _rider = OnlineRider();
    private readonly Delivery _delivery = Requested();

    [Fact]
    public void A_delivery_is_picked_up_and_delivered_by_its_rider()
    {
        _delivery.AssignedTo(_rider);
        _delivery.PickUp(_rider, Noon.AddMinutes(10)).ShouldBeDone();
        _delivery.Status.ShouldBe(DeliveryStatus.PickedUp);
        _delivery.Complete(_rider, Noon.AddMinutes(20)).ShouldBeDone();
        _delivery.Status.ShouldBe(DeliveryStatus.Delivered);
        _delivery.DueAt.ShouldBeNull();
    }

    [Fact]
    public void Another_rider_knows_of_no_such_delivery()
    {
        _delivery.AssignedTo(_rider);
        var other = OnlineRider();
        _delivery.PickUp(other, Noon).ShouldBeRefused("delivery_not_found");
        _delivery.GiveUp(other, Rules, Noon).ShouldBeRefused("delivery_not_found");
        _delivery.Complete(other, Noon).ShouldBeRefused("delivery_not_found");
    }

    [Fact]
    public void It_is_not_delivered_before_it_is_picked_up()
    {
        _delivery.AssignedTo(_rider);
        _delivery.Complete(_rider, Noon).ShouldBeRefused("delivery_assigned");
    }

    [Fact]
    public void A_rider_gives_up_before_pick_up_and_another_is_sought()
    {
        _delivery.AssignedTo(_rider);
        _delivery.GiveUp(_rider, Rules, Noon).ShouldBeDone();
        _delivery.RiderId.ShouldBeNull();
        _rider.State.ShouldBe(RiderState.Available);
        _delivery.WantsRider(Noon).ShouldBeTrue();
        _delivery.WasAskedThisRound(_rider.RiderId).ShouldBeTrue();
        _delivery.AssignedTo(OnlineRider());
    }

    [Fact]
    public void Nobody_gives_up_the_food_they_carry()
    {
        _delivery.AssignedTo(_rider);
        _delivery.PickUp(_rider, Noon).ShouldBeDone();
        _delivery.GiveUp(_rider, Rules, Noon).ShouldBeRefused("delivery_picked_up");
    }

    [Fact]
    public void A_rider_without_progress_is_taken_off()
    {
        _delivery.AssignedTo(_rider);
        var due = _delivery.ProgressDueAt!.Value;
        due.ShouldBe(Noon.AddMinutes(20));
        _delivery.ReassignForLackOfProgress(_rider, false, Rules, due.AddSeconds(-1)).ShouldBeFalse();
        _delivery.ReassignForLackOfProgress(_rider, false, Rules, due).ShouldBeTrue();
        _rider.Load.ShouldBe(0);
        _delivery.WantsRider(due).ShouldBeTrue();
    }

    [Fact]
    public void Waiting_at_the_store_for_food_that_is_late_is_no_lack_of_progress()
    {
        _delivery.AssignedTo(_rider);
        var due = _delivery.ProgressDueAt!.Value;
        _delivery.ReassignForLackOfProgress(_rider, true, Rules, due).ShouldBeFalse();
        _delivery.NoteFoodIsReady(due.AddMinutes(1), Rules);
        var later = _delivery.ProgressDueAt!.Value;
        later.ShouldBe(due.AddMinutes(11));
        _delivery.ReassignForLackOfProgress(_rider, true, Rules, later).ShouldBeTrue();
    }

    [Fact]
    public void Cancelling_the_order_frees_the_rider_before_pick_up()
    {
        _delivery.AssignedTo(_rider);
        _delivery.Cancel(_rider, Noon).ShouldBeDone();
        _delivery.Status.ShouldBe(DeliveryStatus.Cancelled);
        _rider.State.ShouldBe(RiderState.Available);
        _delivery.PickUp(_rider, Noon).ShouldBeRefused("delivery_cancelled");
    }

    [Fact]
    public void Cancelling_the_order_takes_back_an_open_offer()
    {
        var offer = _delivery.Ask(_rider);
        _delivery.Cancel(_rider, Noon).ShouldBeDone();
        _rider.State.ShouldBe(RiderState.Available);
        _delivery.Accept(offer, _rider, Rules, Noon).ShouldBeRefused("offer_gone");
    }

    [Fact]
    public void Food_on_its_way_is_not_cancelled()
    {
        _delivery.AssignedTo(_rider);
        _delivery.PickUp(_rider, Noon).ShouldBeDone();
        _delivery.Cancel(_rider, Noon).ShouldBeRefused("delivery_picked_up");
        _rider.State.ShouldBe(RiderState.Busy);
    }

    [Fact]
    public void Food_that_cannot_be_handed_over_goes_back()
    {
        _delivery.AssignedTo(_rider);
        _delivery.PickUp(_rider, Noon).ShouldBeDone();
        _delivery.Fail(Failure.For("customer_absent")!, _rider, false, Noon).ShouldBeDone();
        _delivery.Status.ShouldBe(DeliveryStatus.Returned);
        _rider.State.ShouldBe(RiderState.Available);
    }

    [Fact]
    public void A_rider_without_the_food_gives_up_and_does_not_fail()
    {
        _delivery.AssignedTo(_rider);
        _delivery.Fail(Failure.For("store_error")!, _rider, false, Noon).ShouldBeRefused("not_picked_up");
    }

    [Fact]
    public void An_operator_ends_a_delivery_that_nobody_has()
    {
        _delivery.Fail(Failure.For("no_rider")!, null, true, Noon).ShouldBeDone();
        _delivery.Status.ShouldBe(DeliveryStatus.Failed);
        _delivery.Fail(Failure.For("no_rider")!, null, true, Noon).ShouldBeRefused("delivery_failed");
    }

    [Theory]
    [InlineData("customer_absent", "customer")]
    [InlineData("damaged", "rider")]
    [InlineData("store_error", "store")]
    [InlineData("accident", "platform")]
    public void The_reason_decides_the_fault(string reason, string fault) =>
        Failure.For(reason)!.Fault.ShouldBe(fault);

    [Fact]
    public void An_unknown_reason_is_no_reason() => Failure.For("bored").ShouldBeNull();

    [Fact]
    public void Only_an_operator_says_that_there_is_no_rider()
    {
        _delivery.AssignedTo(_rider);
        _delivery.PickUp(_rider, Noon).ShouldBeDone();
        _delivery.Fail(Failure.For("no_rider")!, _rider, false, Noon).ShouldBeRefused("operator_only");
    }
}
