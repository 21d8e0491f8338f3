namespace Simulator.Checking.Rules;

internal sealed class DeliveredOrdersCanBeReviewed : Rule
{
    public override string Promise =>
        "Reviews took every delivered and every undeliverable order in, once, and each counts once for its rider.";

    public override void Check(Evidence evidence)
    {
        var delivered = evidence.AllOf(Events.OrderDelivered).DistinctBy(said => said.Key).ToList();
        foreach (var said in delivered)
        {
            Compare(
                evidence.Eligibilities.ContainsKey(said.Key),
                FindingKind.Lost,
                said.Key,
                "It was delivered, and Reviews does not know."
            );
        }
        var undelivered = evidence.AllOf(Events.OrderUndeliverable).DistinctBy(said => said.Key).ToList();
        foreach (var said in undelivered)
        {
            Compare(
                evidence.Undelivered.ContainsKey(said.Key),
                FindingKind.Lost,
                said.Key,
                "It could not be delivered, and Reviews does not know."
            );
        }
        var known = delivered.Concat(undelivered).Select(said => said.Key).ToHashSet();
        foreach (
            var stray in evidence
                .Eligibilities.Keys.Concat(evidence.Undelivered.Keys)
                .Where(id => !known.Contains(id))
        )
            Find(FindingKind.Unexpected, stray, "Reviews counts it as over, and Orders never said so.");

        foreach (var (riderId, standing) in evidence.Standings)
        {
            var brought = delivered.Count(said => said.Id("riderId") == riderId);
            CompareCounts(riderId, "delivered orders", standing.Number("Delivered"), brought);
            var spoilt = undelivered.Count(said =>
                (Guid?)said.Payload["riderId"] == riderId && (string?)said.Payload["fault"] == "rider"
            );
            CompareCounts(riderId, "orders failed by own fault", standing.Number("FailedByOwnFault"), spoilt);
        }
        foreach (var riderId in delivered.Select(said => said.Id("riderId")).Distinct())
        {
            Compare(
                evidence.Standings.ContainsKey(riderId),
                FindingKind.Lost,
                riderId,
                "The rider delivered, and has no standing."
            );
        }
    }

    private void CompareCounts(Guid riderId, string what, long counted, int happened) =>
        Compare(
            counted == happened,
            counted < happened ? FindingKind.Lost : FindingKind.Doubled,
            riderId,
            $"The rider's standing counts {counted} {what}; there were {happened}."
        );
}
