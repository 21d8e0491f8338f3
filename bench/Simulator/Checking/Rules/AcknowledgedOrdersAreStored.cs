using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class AcknowledgedOrdersAreStored : Rule
{
    public override string Promise =>
        "Every order that a customer was told of is there, under the key it was placed with.";

    public override void Check(Evidence evidence)
    {
        var answers = evidence.KeptAnswers.ToLookup(kept => (kept.CallerId, kept.Key));
        foreach (var placed in evidence.Done(Deeds.Place))
        {
            Compare();
            if (!evidence.Orders.TryGetValue(placed.Id!.Value, out var order))
                Find(
                    FindingKind.Lost,
                    placed.Id,
                    $"{placed.Actor} was told of it at {placed.At:O}, and there is no such order."
                );
            else if (order.CustomerId != placed.Caller)
                Find(FindingKind.Unexpected, order.Id, $"It was {placed.Actor}'s and is somebody else's.");
            if (answers[(placed.Caller, placed.Key!)].All(kept => kept.OrderId != placed.Id))
                Find(
                    FindingKind.Lost,
                    placed.Id,
                    $"The key '{placed.Key}' of {placed.Actor} does not lead to it."
                );
        }
    }
}
