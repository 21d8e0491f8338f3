using Simulator.Checking;
using Simulator.Checking.Rules;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <content>Bugs that show in Orders' tables.</content>
internal sealed partial record PlantedBug
{
    private static readonly IReadOnlyList<PlantedBug> Orders =
    [
        new(
            "an acknowledged order is not there",
            FindingKind.Lost,
            nameof(AcknowledgedOrdersAreStored),
            day =>
            {
                var order = day.Find("orders", ADelivered);
                day.Spoil("orders", "DELETE FROM \"order\" WHERE Id = @id", ("id", order));
                return order;
            }
        ),
        new(
            "an acknowledged answer of a store is undone",
            FindingKind.Lost,
            nameof(AcknowledgedStepsStand),
            day =>
                WithTimeline(
                    day,
                    ADelivered,
                    """[{"status":"Placed","at":"2026-01-01T00:00:00+00:00","by":"Customer"}]"""
                )
        ),
        new(
            "one key made two orders",
            FindingKind.Doubled,
            nameof(OneOrderPerKey),
            day =>
            {
                var order = day.Find("orders", ADelivered);
                InsertCopy(day, "orders", "order", "Id", order, ("Id", Someone));
                return day.Find(
                        "orders",
                        "SELECT PaymentReference FROM \"order\" WHERE Id = @id",
                        ("id", order)
                    )
                    .Split('.')[0];
            }
        ),
        new(
            "an order that nobody placed",
            FindingKind.Unexpected,
            nameof(OrdersAreExplained),
            day =>
            {
                InsertCopy(
                    day,
                    "orders",
                    "order",
                    "Id",
                    day.Find("orders", ADelivered),
                    ("Id", Someone),
                    ("PaymentReference", "nobody")
                );
                return Someone;
            }
        ),
        new(
            "a store's answer that nobody gave",
            FindingKind.Unexpected,
            nameof(OrderStepsAreExplained),
            day =>
                WithTimeline(
                    day,
                    "SELECT Id FROM \"order\" WHERE Status IN ('Rejected', 'Expired') LIMIT 1",
                    """[{"status":"Placed","at":"2026-01-01T00:00:00+00:00","by":"Customer"},{"status":"Accepted","at":"2026-01-01T00:00:00+00:00","by":"Store"}]"""
                )
        ),
        new(
            "a store's change that was never said",
            FindingKind.Lost,
            nameof(StoresAreExplained),
            day =>
                Change(
                    day,
                    "orders",
                    "SELECT Id FROM store LIMIT 1",
                    "UPDATE store SET Revision = Revision + 1 WHERE Id = @id"
                )
        ),
        new(
            "an illegal transition",
            FindingKind.Unexpected,
            nameof(OrderStepsAreLegal),
            day =>
                WithTimeline(
                    day,
                    ADelivered,
                    """[{"status":"Placed","at":"2026-01-01T00:00:00+00:00","by":"Customer"},{"status":"Delivered","at":"2026-01-01T00:00:00+00:00","by":"Rider"}]"""
                )
        ),
        new(
            "what a customer saw is no longer so",
            FindingKind.Lost,
            nameof(SeenTimelinesOnlyGrow),
            day =>
                WithTimeline(
                    day,
                    ADelivered,
                    """[{"status":"Placed","at":"2026-01-01T00:00:00+00:00","by":"Customer"}]"""
                )
        ),
        new(
            "two events of an order are swapped",
            FindingKind.OutOfOrder,
            nameof(OrderStepsAreSaid),
            day =>
            {
                var order = day.Find("orders", ADelivered);
                Swap(day, "orders", order, "orders.order-accepted.v1", "orders.order-ready.v1");
                return order;
            }
        ),
        new(
            "an event of an order was dropped",
            FindingKind.Lost,
            nameof(OrderStepsAreSaid),
            day =>
            {
                var order = day.Find("orders", ADelivered);
                day.Spoil(
                    "orders",
                    "DELETE FROM outbox WHERE \"Key\" = @id AND Type = 'orders.order-picked-up.v1'",
                    ("id", order)
                );
                return order;
            }
        ),
        new(
            "a delivered order was never marked so",
            FindingKind.Lost,
            nameof(OrdersFollowDeliveries),
            day =>
                WithTimeline(
                    day,
                    ADelivered,
                    """[{"status":"Placed","at":"2026-01-01T00:00:00+00:00","by":"Customer"},{"status":"Accepted","at":"2026-01-01T00:00:00+00:00","by":"Store"}]"""
                )
        ),
        new(
            "a payment was settled twice",
            FindingKind.Doubled,
            nameof(PaymentsAreSettledOnce),
            day =>
                Change(
                    day,
                    "orders",
                    "SELECT OrderId FROM settlement WHERE OrderId IS NOT NULL LIMIT 1",
                    "UPDATE settlement SET Attempts = Attempts + 1 WHERE OrderId = @id"
                )
        ),
        new(
            "an order is stuck",
            FindingKind.Stuck,
            nameof(NothingIsStuck),
            day =>
                Change(day, "orders", ADelivered, "UPDATE \"order\" SET Status = 'PickedUp' WHERE Id = @id")
        ),
    ];
}
