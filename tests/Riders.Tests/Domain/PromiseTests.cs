using Riders.Domain;
using static Riders.Tests.Domain.Scene;

namespace Riders.Tests.Domain;

/// <summary>Riders rule 10.</summary>
public sealed class PromiseTests
{
    private readonly Delivery _delivery = Requested();

    [Fact]
    public void Each_promise_is_broken_once_at_its_own_time()
    {
        var broken = new List<string>();
        for (var minute = 0; minute <= 120; minute++)
            broken.AddRange(
                _delivery.BreakPromises(Noon.AddMinutes(minute)).Select(one => $"{one.Deadline} {minute}")
            );
        broken.ShouldBe(["assign 5", "pick_up 20", "drop_off 48"]);
    }

    [Fact]
    public void A_promise_kept_is_never_broken()
    {
        var rider = OnlineRider();
        _delivery.AssignedTo(rider, Noon.AddMinutes(4));
        _delivery.BreakPromises(Noon.AddMinutes(6)).ShouldBeEmpty();
        _delivery.PickUp(rider, Noon.AddMinutes(19)).ShouldBeDone();
        _delivery.BreakPromises(Noon.AddMinutes(25)).ShouldBeEmpty();
        _delivery.Complete(rider, Noon.AddMinutes(30)).ShouldBeDone();
        _delivery.BreakPromises(Noon.AddMinutes(90)).ShouldBeEmpty();
    }

    [Fact]
    public void A_new_search_gets_its_own_time()
    {
        var rider = OnlineRider();
        _delivery.AssignedTo(rider, Noon.AddMinutes(4));
        _delivery.GiveUp(rider, Rules, Noon.AddMinutes(9)).ShouldBeDone();
        _delivery.BreakPromises(Noon.AddMinutes(13)).ShouldBeEmpty();
        _delivery.BreakPromises(Noon.AddMinutes(14)).ShouldHaveSingleItem().Deadline.ShouldBe("assign");
    }

    [Fact]
    public void What_is_due_next_is_the_earliest_of_all_deadlines()
    {
        var rider = OnlineRider();
        _delivery.DueAt.ShouldBe(Noon);
        _delivery.Ask(rider);
        _delivery.DueAt.ShouldBe(Noon.AddSeconds(30));
        _delivery.Accept(_delivery.LiveOffer!.OfferId, rider, Rules, Noon).ShouldBeDone();
        _delivery.DueAt.ShouldBe(Noon.AddMinutes(20));
        _delivery.PickUp(rider, Noon).ShouldBeDone();
        _delivery.DueAt.ShouldBe(_delivery.DropOffPromise.DueAt);
    }
}
