using Orders.Domain;
using static Orders.Tests.Domain.Given;

namespace Orders.Tests.Domain;

/// <summary>Orders, rule 5: a refund that fails is retried until it succeeds.</summary>
public sealed class SettlementTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    [Fact]
    public void The_settlement_of_an_order_is_due_at_once()
    {
        var settlement = Settlement.OfOrder(Id(1), Customer, "reference", Noon);

        settlement.IsDueAt(Noon).ShouldBeTrue();
    }

    [Fact]
    public void A_failed_release_is_tried_again_after_a_growing_wait()
    {
        var settlement = Settlement.OfOrder(Id(1), Customer, "reference", Noon);

        settlement.Fail("unreachable", First, Longest, Noon);
        settlement.DueAt.ShouldBe(Noon.AddSeconds(5));

        settlement.Fail("unreachable", First, Longest, Noon);
        settlement.DueAt.ShouldBe(Noon.AddSeconds(10));
    }

    [Fact]
    public void It_is_never_given_up_and_the_wait_has_a_limit()
    {
        var settlement = Settlement.OfOrder(Id(1), Customer, "reference", Noon);

        for (var failure = 0; failure < 1_000; failure++)
            settlement.Fail("unreachable", First, Longest, Noon);

        settlement.DueAt.ShouldBe(Noon + Longest);
    }

    [Fact]
    public void A_release_that_was_done_is_never_due_again()
    {
        var settlement = Settlement.OfOrder(Id(1), Customer, "reference", Noon);

        settlement.Succeed(Noon);

        settlement.IsDueAt(DateTimeOffset.MaxValue).ShouldBeFalse();
        settlement.SettledAt.ShouldBe(Noon);
    }
}
