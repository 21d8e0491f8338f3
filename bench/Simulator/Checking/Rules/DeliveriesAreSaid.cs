namespace Simulator.Checking.Rules;

internal sealed class DeliveriesAreSaid : Rule
{
    /// <summary>What is said beside the steps, at no fixed place among them.</summary>
    private static readonly string[] Aside =
    [
        "riders.delivery-sla-missed.v1",
        Events.DeliveryOffered,
        "riders.delivery-ready.v1",
    ];

    public override string Promise =>
        "Each step of a delivery is said once, and in the order in which a delivery goes; and so is each offer.";

    public override void Check(Evidence evidence)
    {
        var said = evidence
            .SaidBy("riders")
            .Where(one => !Aside.Contains(one.Type))
            .ToLookup(one => one.Key, one => one.Type);
        var offered = evidence
            .SaidBy("riders")
            .Where(one => one.Type == Events.DeliveryOffered)
            .ToLookup(one => one.Key, one => one.Type);
        var made = evidence.Offers.Values.ToLookup(offer => offer.DeliveryId, _ => Events.DeliveryOffered);
        var taken = evidence
            .Offers.Values.Where(offer => offer.State == "Accepted")
            .ToLookup(offer => offer.DeliveryId);
        foreach (var delivery in evidence.Deliveries.Values)
        {
            Compare();
            Sequences.Compare(
                Expected(delivery, taken[delivery.Id].Count()),
                [.. said[delivery.Id]],
                (kind, text) => Find(kind, delivery.Id, text)
            );
            Sequences.Compare(
                [.. made[delivery.Id]],
                [.. offered[delivery.Id]],
                (kind, text) => Find(kind, delivery.Id, text)
            );
        }
        foreach (var stray in said.Where(one => !evidence.Deliveries.ContainsKey(one.Key)))
            Find(
                FindingKind.Unexpected,
                stray.Key,
                $"There is no such delivery, and {stray.First()} was said of it."
            );
    }

    /// <summary>Each taking but the last ended in an un-taking; the last did unless the rider has it, or had it at the end.</summary>
    private static List<string> Expected(StoredDelivery delivery, int timesTaken)
    {
        var expected = new List<string> { Events.DeliveryRequested };
        for (var time = 1; time <= timesTaken; time++)
        {
            expected.Add(Events.RiderAssigned);
            var kept = delivery.RiderId is not null && delivery.Status != Statuses.Cancelled;
            if (time < timesTaken || !kept)
                expected.Add(Events.RiderUnassigned);
        }
        if (delivery.WasPickedUp)
            expected.Add(Events.DeliveryPickedUp);
        if (delivery.Status == Statuses.Delivered)
            expected.Add(Events.DeliveryCompleted);
        if (delivery.Status is Statuses.Returned or Statuses.Failed)
            expected.Add(Events.DeliveryFailed);
        if (delivery.Status == Statuses.Cancelled)
            expected.Add(Events.DeliveryCancelled);
        return expected;
    }
}
