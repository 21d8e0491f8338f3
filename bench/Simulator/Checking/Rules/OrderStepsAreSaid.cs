namespace Simulator.Checking.Rules;

internal sealed class OrderStepsAreSaid : Rule
{
    public override string Promise =>
        "Each step of an order is said on its stream once, in the order of its timeline.";

    public override void Check(Evidence evidence)
    {
        var said = evidence
            .SaidBy("orders")
            .Where(one => one.Type.StartsWith("orders.order-", StringComparison.Ordinal))
            .ToLookup(one => one.Key, one => one.Type);
        foreach (var order in evidence.Orders.Values)
        {
            Compare();
            Sequences.Compare(
                [.. order.Timeline.Select(step => Events.OfOrder(step.Status))],
                [.. said[order.Id]],
                (kind, text) => Find(kind, order.Id, text)
            );
        }
        foreach (var stray in said.Where(one => !evidence.Orders.ContainsKey(one.Key)))
            Find(
                FindingKind.Unexpected,
                stray.Key,
                $"There is no such order, and {stray.First()} was said of it."
            );
    }
}
