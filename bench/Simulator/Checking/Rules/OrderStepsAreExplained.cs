using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class OrderStepsAreExplained : Rule
{
    public override string Promise => "What people did to an order, somebody asked for.";

    public override void Check(Evidence evidence)
    {
        var asked = new[] { Deeds.Accept, Deeds.Reject, Deeds.Ready, Deeds.Cancel }
            .SelectMany(deed => evidence.MayBeDone(deed))
            .Select(entry => (entry.Subject!.Value, entry.Deed))
            .ToHashSet();
        foreach (var order in evidence.Orders.Values)
        {
            foreach (var step in order.Timeline.Where(step => step.By is "Store" or "Customer"))
            {
                if (DeedOf(step.Status) is not { } deed)
                    continue;
                Compare(
                    asked.Contains((order.Id, deed)),
                    FindingKind.Unexpected,
                    order.Id,
                    $"It became {step.Status} by its {step.By}, and nobody asked for that."
                );
            }
        }
    }

    private static string? DeedOf(string status) =>
        status switch
        {
            Statuses.Accepted => Deeds.Accept,
            Statuses.Rejected => Deeds.Reject,
            Statuses.Ready => Deeds.Ready,
            Statuses.Cancelled => Deeds.Cancel,
            _ => null,
        };
}
