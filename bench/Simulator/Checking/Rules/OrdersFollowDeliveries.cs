namespace Simulator.Checking.Rules;

internal sealed class OrdersFollowDeliveries : Rule
{
    public override string Promise => "Orders took every pick-up, delivery and failure in, and made none up.";

    public override void Check(Evidence evidence)
    {
        var followed = new[]
        {
            (Events.DeliveryPickedUp, Statuses.PickedUp),
            (Events.DeliveryCompleted, Statuses.Delivered),
            (Events.DeliveryFailed, Statuses.Undeliverable),
        };
        foreach (var (type, status) in followed)
        {
            var told = evidence.AllOf(type).Select(said => said.Id("orderId")).ToHashSet();
            foreach (var orderId in told)
            {
                var order = evidence.Orders.GetValueOrDefault(orderId);
                Compare(
                    order?.Was(status) == true || order?.Was(Statuses.Cancelled) == true,
                    FindingKind.Lost,
                    orderId,
                    $"Riders said {type}, and the order is {order?.Status ?? "not there"} without having been {status}."
                );
            }
            foreach (
                var order in evidence.Orders.Values.Where(order =>
                    order.Was(status) && !told.Contains(order.Id)
                )
            )
                Find(FindingKind.Unexpected, order.Id, $"It was {status}, and Riders never said {type}.");
        }
    }
}
