namespace Simulator.Checking.Rules;

internal sealed class RidersArePaidOnce : Rule
{
    private static readonly string[] RidersFaults = ["damaged", "lost"];

    public override string Promise =>
        "A rider earns once for each delivery brought, or carried in vain through nobody's fault of theirs.";

    public override void Check(Evidence evidence)
    {
        var earnings = evidence.Earnings.ToLookup(row => row.Id("DeliveryId"));
        foreach (var delivery in evidence.Deliveries.Values)
        {
            var expected =
                delivery.Status == Statuses.Delivered
                || (delivery.Status == Statuses.Returned && !RidersFaults.Contains(delivery.FailureReason))
                    ? 1
                    : 0;
            var paid = earnings[delivery.Id].Count(row => row.Id("RiderId") == delivery.RiderId);
            Compare(
                paid == expected && earnings[delivery.Id].Count() == paid,
                paid < expected ? FindingKind.Lost
                    : expected == 0 ? FindingKind.Unexpected
                    : FindingKind.Doubled,
                delivery.Id,
                $"A delivery that is {delivery.Status} was paid {earnings[delivery.Id].Count()} times."
            );
        }
    }
}
