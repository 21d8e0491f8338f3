namespace Simulator.Checking.Rules;

internal sealed class AcceptedOrdersAreDeliveries : Rule
{
    public override string Promise =>
        "Riders took every acceptance, readiness and cancellation of an order in.";

    public override void Check(Evidence evidence)
    {
        foreach (var accepted in evidence.AllOf(Events.OrderAccepted))
        {
            var deliveries = evidence.DeliveriesOfOrders[accepted.Key].Count();
            Compare(
                deliveries == 1,
                deliveries == 0 ? FindingKind.Lost : FindingKind.Doubled,
                accepted.Key,
                $"The order was accepted, and Riders has {deliveries} deliveries of it."
            );
        }
        var said = evidence.AllOf(Events.OrderAccepted).Select(one => one.Key).ToHashSet();
        foreach (var delivery in evidence.Deliveries.Values)
        {
            Compare(
                said.Contains(delivery.OrderId),
                FindingKind.Unexpected,
                delivery.Id,
                $"Order {delivery.OrderId} was never accepted, and there is a delivery of it."
            );
        }
        foreach (var ready in evidence.AllOf(Events.OrderReady))
        {
            if (evidence.DeliveriesOfOrders[ready.Key].FirstOrDefault() is { } delivery)
            {
                Compare(
                    delivery.FoodIsReady || delivery.WasPickedUp || Statuses.EndsDelivery(delivery.Status),
                    FindingKind.Lost,
                    ready.Key,
                    "Its food was ready, and Riders does not know."
                );
            }
        }
        foreach (var cancelled in evidence.AllOf(Events.OrderCancelled))
        {
            if (evidence.DeliveriesOfOrders[cancelled.Key].FirstOrDefault() is { } delivery)
            {
                Compare(
                    delivery.WasPickedUp || delivery.Status is Statuses.Cancelled or Statuses.Failed,
                    FindingKind.Lost,
                    cancelled.Key,
                    $"It was cancelled, and its delivery is {delivery.Status}."
                );
            }
        }
    }
}
