using Simulator.Checking.Rules;

namespace Simulator.Checking;

/// <summary>What came of a check.</summary>
internal sealed record Verdict(IReadOnlyList<Rule> Rules)
{
    public IReadOnlyList<Finding> Findings { get; } = [.. Rules.SelectMany(rule => rule.Findings)];

    public bool IsClean => Findings.Count == 0;
}

/// <summary>Holds the evidence against every rule.</summary>
internal static class Checker
{
    public static Verdict Check(Evidence evidence)
    {
        Rule[] rules =
        [
            new AcknowledgedOrdersAreStored(),
            new AcknowledgedStepsStand(),
            new AcknowledgedRidesStand(),
            new AcknowledgedReviewsStand(),
            new OneOrderPerKey(),
            new OrdersAreExplained(),
            new OrderStepsAreExplained(),
            new RidesAreExplained(),
            new ReviewsAreExplained(),
            new StoresAreExplained(),
            new OrderStepsAreLegal(),
            new SeenTimelinesOnlyGrow(),
            new StreamsAreInOrder(),
            new OrderStepsAreSaid(),
            new DeliveriesAreSaid(),
            new ReviewsAreSaid(),
            new AcceptedOrdersAreDeliveries(),
            new OrdersFollowDeliveries(),
            new DeliveredOrdersCanBeReviewed(),
            new RatingsCountEachReviewOnce(),
            new RatingsReachOrders(),
            new RidersArePaidOnce(),
            new PaymentsAreSettledOnce(),
            new StreamsAreHandledToTheirEnds(),
            new NothingIsStuck(),
        ];
        foreach (var rule in rules)
            rule.Check(evidence);
        return new Verdict(rules);
    }
}
