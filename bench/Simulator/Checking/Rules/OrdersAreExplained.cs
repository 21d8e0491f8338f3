using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class OrdersAreExplained : Rule
{
    public override string Promise =>
        "Every order was placed by somebody, acknowledged or with an unknown outcome.";

    public override void Check(Evidence evidence)
    {
        var keys = evidence.KeptAnswers.ToLookup(kept => kept.OrderId);
        var tried = evidence.MayBeDone(Deeds.Place).Select(entry => (entry.Caller, entry.Key)).ToHashSet();
        foreach (var order in evidence.Orders.Values)
        {
            Compare(
                keys[order.Id].Any(kept => tried.Contains((kept.CallerId, kept.Key))),
                FindingKind.Unexpected,
                order.Id,
                "Nobody placed it, or whoever tried was refused."
            );
        }
    }
}
