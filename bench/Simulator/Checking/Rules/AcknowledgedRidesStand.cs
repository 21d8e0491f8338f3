using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class AcknowledgedRidesStand : Rule
{
    public override string Promise =>
        "What a rider was told had become of an offer or a delivery, became of it.";

    public override void Check(Evidence evidence)
    {
        foreach (var (deed, state) in new[] { (Deeds.Take, "Accepted"), (Deeds.Decline, "Declined") })
        {
            foreach (var told in evidence.Done(deed))
            {
                var offer = evidence.Offers.GetValueOrDefault(told.Subject!.Value);
                Compare(
                    offer?.State == state,
                    FindingKind.Lost,
                    told.Subject,
                    $"{told.Actor} was told {state} at {told.At:O}, and the offer is {offer?.State ?? "not there"}."
                );
            }
        }
        CheckDeliveries(evidence, Deeds.PickUp, delivery => delivery.WasPickedUp);
        CheckDeliveries(evidence, Deeds.Deliver, delivery => delivery.Status == Statuses.Delivered);
        CheckDeliveries(evidence, Deeds.Fail, delivery => delivery.FailureReason is not null);
        CheckGivingUp(evidence);
    }

    private void CheckDeliveries(Evidence evidence, string deed, Func<StoredDelivery, bool> stands)
    {
        foreach (var told in evidence.Done(deed))
        {
            var delivery = evidence.Deliveries.GetValueOrDefault(told.Subject!.Value);
            Compare(
                delivery is not null && stands(delivery) && delivery.RiderId == told.Caller,
                FindingKind.Lost,
                told.Subject,
                $"{told.Actor}'s {deed} was acknowledged at {told.At:O}, and the delivery is {delivery?.Status ?? "not there"}."
            );
        }
    }

    private void CheckGivingUp(Evidence evidence)
    {
        var given = evidence
            .AllOf(Events.RiderUnassigned)
            .Where(said => (string?)said.Payload["reason"] == "gave_up")
            .Select(said => (said.Key, said.Id("riderId")))
            .ToHashSet();
        foreach (var told in evidence.Done(Deeds.GiveUp))
        {
            Compare(
                given.Contains((told.Subject!.Value, told.Caller)),
                FindingKind.Lost,
                told.Subject,
                $"{told.Actor} gave it up at {told.At:O}, and nobody was told."
            );
        }
    }
}
