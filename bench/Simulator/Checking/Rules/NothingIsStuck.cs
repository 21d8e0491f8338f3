namespace Simulator.Checking.Rules;

internal sealed class NothingIsStuck : Rule
{
    public override string Promise =>
        "Every order and delivery reaches its end, every settlement is done, and no rider is left with a hand full of nothing.";

    public override void Check(Evidence evidence)
    {
        foreach (var order in evidence.Orders.Values)
            Compare(
                Statuses.EndsOrder(order.Status),
                FindingKind.Stuck,
                order.Id,
                $"The order is still {order.Status}."
            );
        foreach (var delivery in evidence.Deliveries.Values)
        {
            Compare(
                Statuses.EndsDelivery(delivery.Status),
                FindingKind.Stuck,
                delivery.Id,
                $"The delivery of order {delivery.OrderId} is still {delivery.Status}."
            );
        }
        foreach (var settlement in evidence.Settlements)
        {
            Compare(
                settlement.Has("SettledAt"),
                FindingKind.Stuck,
                settlement.Id("Id"),
                "The settlement is still due."
            );
        }
        foreach (var rider in evidence.Riders)
        {
            var inHand = evidence.Deliveries.Values.Count(delivery =>
                delivery.RiderId == rider.Id("RiderId")
                && delivery.Status is Statuses.Assigned or Statuses.PickedUp
            );
            Compare(
                rider.Number("Load") == inHand,
                FindingKind.Stuck,
                rider.Id("RiderId"),
                $"The rider counts {rider.Number("Load")} deliveries in hand and has {inHand}."
            );
            var live = evidence.Offers.Values.Count(offer =>
                offer.RiderId == rider.Id("RiderId") && offer.State == "Live"
            );
            Compare(
                live == (rider.Has("LiveOfferId") ? 1 : 0),
                FindingKind.Stuck,
                rider.Id("RiderId"),
                $"The rider has {live} live offers and {(rider.Has("LiveOfferId") ? "holds one" : "holds none")}."
            );
        }
    }
}
