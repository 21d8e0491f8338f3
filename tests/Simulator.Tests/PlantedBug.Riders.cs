using Simulator.Checking;
using Simulator.Checking.Rules;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <content>Bugs that show in Riders' tables.</content>
internal sealed partial record PlantedBug
{
    private static readonly IReadOnlyList<PlantedBug> Riders =
    [
        new(
            "an acknowledged pick-up is undone",
            FindingKind.Lost,
            nameof(AcknowledgedRidesStand),
            day =>
                Change(
                    day,
                    "riders",
                    "SELECT DeliveryId FROM delivery WHERE Status = 'Delivered' LIMIT 1",
                    "UPDATE delivery SET PickedUpAt = NULL WHERE DeliveryId = @id"
                )
        ),
        new(
            "a ride that nobody took",
            FindingKind.Unexpected,
            nameof(RidesAreExplained),
            day =>
                Change(
                    day,
                    "riders",
                    "SELECT OfferId FROM delivery_offer WHERE State <> 'Accepted' ORDER BY State <> 'Declined' LIMIT 1",
                    "UPDATE delivery_offer SET State = 'Accepted' WHERE OfferId = @id"
                )
        ),
        new(
            "two events of a delivery are swapped",
            FindingKind.OutOfOrder,
            nameof(DeliveriesAreSaid),
            day =>
            {
                var delivery = day.Find(
                    "riders",
                    "SELECT DeliveryId FROM delivery WHERE Status = 'Delivered' LIMIT 1"
                );
                Swap(day, "riders", delivery, "riders.delivery-picked-up.v1", "riders.delivery-completed.v1");
                return delivery;
            }
        ),
        new(
            "an acceptance never became a delivery",
            FindingKind.Lost,
            nameof(AcceptedOrdersAreDeliveries),
            day =>
            {
                var order = day.Find("riders", "SELECT OrderId FROM delivery LIMIT 1");
                day.Spoil("riders", "DELETE FROM delivery WHERE OrderId = @id", ("id", order));
                return order;
            }
        ),
        new(
            "a rider was not paid",
            FindingKind.Lost,
            nameof(RidersArePaidOnce),
            day =>
                Change(
                    day,
                    "riders",
                    "SELECT DeliveryId FROM earning LIMIT 1",
                    "DELETE FROM earning WHERE DeliveryId = @id"
                )
        ),
        new(
            "a rider holds a delivery that is none",
            FindingKind.Stuck,
            nameof(NothingIsStuck),
            day =>
                Change(
                    day,
                    "riders",
                    "SELECT RiderId FROM rider LIMIT 1",
                    "UPDATE rider SET \"Load\" = 1 WHERE RiderId = @id"
                )
        ),
    ];
}
