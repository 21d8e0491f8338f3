using Reviews.Domain;
using static Reviews.Tests.Domain.Given;

namespace Reviews.Tests.Domain;

/// <summary>Rule 6: what a store or the platform spoilt doesn't count against the rider.</summary>
public sealed class RiderStandingTests
{
    [Fact]
    public void A_delivery_that_failed_by_the_riders_own_fault_counts_against_the_rider()
    {
        var standing = RiderStanding.Open(AnId());
        standing.CountDelivered();

        standing.Count(Undelivered(standing.RiderId, "rider"));

        standing.FailedByOwnFault.ShouldBe(1);
        standing.Reliability.ShouldBe(0.5);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("platform")]
    [InlineData("customer")]
    [InlineData("a word of next year")]
    public void A_delivery_that_failed_by_anothers_fault_does_not(string fault)
    {
        var standing = RiderStanding.Open(AnId());
        standing.CountDelivered();

        standing.Count(Undelivered(standing.RiderId, fault));

        standing.FailedByOwnFault.ShouldBe(0);
        standing.Reliability.ShouldBe(1);
    }

    [Fact]
    public void Another_riders_failure_does_not_count()
    {
        var standing = RiderStanding.Open(AnId());

        standing.Count(Undelivered(AnId(), "rider"));

        standing.FailedByOwnFault.ShouldBe(0);
    }

    [Fact]
    public void A_rider_with_no_outcome_yet_has_no_reliability() =>
        RiderStanding.Open(AnId()).Reliability.ShouldBeNull();

    [Fact]
    public void Only_the_delivery_score_of_a_review_is_the_riders()
    {
        var standing = RiderStanding.Open(AnId());

        standing.Recount(null, Scores(food: 1, delivery: 5)).ShouldBeTrue();

        standing.Scores.Average.ShouldBe(5);
    }

    [Fact]
    public void An_edit_of_the_food_score_alone_leaves_the_standing()
    {
        var standing = RiderStanding.Open(AnId());
        standing.Recount(null, Scores(food: 1, delivery: 5));

        standing.Recount(Scores(food: 1, delivery: 5), Scores(food: 3, delivery: 5)).ShouldBeFalse();

        standing.Scores.Count.ShouldBe(1);
    }

    [Fact]
    public void A_review_out_of_sight_counts_no_more()
    {
        var standing = RiderStanding.Open(AnId());
        standing.Recount(null, Scores(delivery: 2));

        standing.Recount(Scores(delivery: 2), null).ShouldBeTrue();

        standing.Scores.Count.ShouldBe(0);
    }

    private static UndeliveredOrder Undelivered(Guid riderId, string fault) =>
        UndeliveredOrder.Note(AnId(), AnId(), riderId, "never_arrived", fault, Now);
}
