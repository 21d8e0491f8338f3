namespace Simulator.Checking.Rules;

internal sealed class OrderStepsAreLegal : Rule
{
    public override string Promise =>
        "An order goes from state to state as the rules allow, one step at a time, and its last step is its state.";

    public override void Check(Evidence evidence)
    {
        foreach (var order in evidence.Orders.Values)
        {
            var before = new Step("", default, "");
            foreach (var step in order.Timeline)
            {
                Compare();
                if (!Statuses.OrderSteps.GetValueOrDefault(before.Status, []).Contains(step.Status))
                {
                    Find(
                        order.Timeline.Count(other => other.Status == step.Status) > 1
                            ? FindingKind.Doubled
                            : FindingKind.Unexpected,
                        order.Id,
                        $"It went from {(before.Status.Length > 0 ? before.Status : "nothing")} to {step.Status}."
                    );
                }
                if (step.At < before.At && step.By == before.By)
                    Find(FindingKind.OutOfOrder, order.Id, $"{step.Status} is dated before {before.Status}.");
                before = step;
            }
            Compare(
                before.Status == order.Status,
                FindingKind.Unexpected,
                order.Id,
                $"It is {order.Status}, and its timeline ends with {before.Status}."
            );
        }
    }
}
