using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class RidesAreExplained : Rule
{
    public override string Promise => "What riders did to offers and deliveries, they asked for.";

    public override void Check(Evidence evidence)
    {
        var asked = new[] { Deeds.Take, Deeds.PickUp, Deeds.Deliver, Deeds.Fail }
            .SelectMany(deed => evidence.MayBeDone(deed))
            .Select(entry => (entry.Subject!.Value, entry.Deed, entry.Caller))
            .ToHashSet();
        foreach (var offer in evidence.Offers.Values.Where(offer => offer.State == "Accepted"))
            Expect(offer.Id, Deeds.Take, offer.RiderId);
        foreach (var delivery in evidence.Deliveries.Values.Where(delivery => delivery.WasPickedUp))
        {
            Expect(delivery.Id, Deeds.PickUp, delivery.RiderId!.Value);
            if (delivery.Status is Statuses.Delivered or Statuses.Returned)
            {
                Expect(
                    delivery.Id,
                    delivery.Status == Statuses.Delivered ? Deeds.Deliver : Deeds.Fail,
                    delivery.RiderId.Value
                );
            }
        }

        void Expect(Guid subject, string deed, Guid rider) =>
            Compare(
                asked.Contains((subject, deed, rider)),
                FindingKind.Unexpected,
                subject,
                $"It counts as {deed} by rider {rider}, who never asked for that."
            );
    }
}
