using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class AcknowledgedStepsStand : Rule
{
    private static readonly (string Deed, string Status)[] Steps =
    [
        (Deeds.Accept, Statuses.Accepted),
        (Deeds.Reject, Statuses.Rejected),
        (Deeds.Ready, Statuses.Ready),
        (Deeds.Cancel, Statuses.Cancelled),
    ];

    public override string Promise =>
        "What a store or a customer was told had become of an order is in its timeline.";

    public override void Check(Evidence evidence)
    {
        foreach (var (deed, status) in Steps)
        {
            foreach (var told in evidence.Done(deed))
            {
                var order = evidence.Orders.GetValueOrDefault(told.Subject!.Value);
                Compare(
                    order?.Was(status) == true,
                    FindingKind.Lost,
                    told.Subject,
                    $"{told.Actor} was told {status} at {told.At:O}, and its timeline does not say so."
                );
            }
        }
    }
}
