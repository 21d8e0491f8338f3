using Simulator.Checking;
using Simulator.Checking.Rules;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>Something that a platform with a bug could have left behind, and what the checker must say of it.</summary>
/// <param name="Name">What went wrong.</param>
/// <param name="Kind">How it must be called.</param>
/// <param name="Rule">The rule that must find it.</param>
/// <param name="Plant">Spoils a day; returns the subject of the finding.</param>
internal sealed record PlantedBug(string Name, FindingKind Kind, string Rule, Func<Day, string> Plant)
{
    private const string ADelivered =
        "SELECT Id FROM \"order\" WHERE Status = 'Delivered' ORDER BY PlacedAt LIMIT 1";
    private const string Someone = "0199C000-0000-7000-8000-00000000AAAA";

    public static readonly IReadOnlyList<PlantedBug> All =
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
            "an acknowledged review says something else",
            FindingKind.Lost,
            nameof(AcknowledgedReviewsStand),
            day =>
                Change(
                    day,
                    "reviews",
                    "SELECT ReviewId FROM review LIMIT 1",
                    "UPDATE review SET FoodRating = 6 - FoodRating % 5, DeliveryRating = 9 WHERE ReviewId = @id"
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
            "a ride that nobody took",
            FindingKind.Unexpected,
            nameof(RidesAreExplained),
            day =>
                Change(
                    day,
                    "riders",
                    "SELECT OfferId FROM delivery_offer WHERE State = 'Declined' LIMIT 1",
                    "UPDATE delivery_offer SET State = 'Accepted' WHERE OfferId = @id"
                )
        ),
        new(
            "a review that nobody wrote",
            FindingKind.Unexpected,
            nameof(ReviewsAreExplained),
            day =>
                Change(
                    day,
                    "reviews",
                    "SELECT ReviewId FROM review LIMIT 1",
                    $"UPDATE review SET AuthorId = '{Someone}' WHERE ReviewId = @id"
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
            "an event is in the outbox twice",
            FindingKind.Doubled,
            nameof(StreamsAreInOrder),
            day =>
            {
                var position = day.Find("riders", "SELECT MAX(Position) FROM outbox");
                InsertCopy(day, "riders", "outbox", "Position", position, ("Position", 1_000_000));
                return "riders 1000000";
            }
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
            "a review's event was dropped",
            FindingKind.Lost,
            nameof(ReviewsAreSaid),
            day =>
                Change(
                    day,
                    "reviews",
                    "SELECT ReviewId FROM review LIMIT 1",
                    "DELETE FROM outbox WHERE \"Key\" = @id AND Type = 'reviews.review-published.v1'"
                )
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
            "a delivered order cannot be reviewed",
            FindingKind.Lost,
            nameof(DeliveredOrdersCanBeReviewed),
            day =>
                Change(
                    day,
                    "reviews",
                    "SELECT OrderId FROM review_eligibility LIMIT 1",
                    "DELETE FROM review_eligibility WHERE OrderId = @id"
                )
        ),
        new(
            "a rating counts a review twice",
            FindingKind.Doubled,
            nameof(RatingsCountEachReviewOnce),
            day =>
                Change(
                    day,
                    "reviews",
                    "SELECT StoreId FROM store_rating LIMIT 1",
                    "UPDATE store_rating SET Food_Fives = Food_Fives + 1 WHERE StoreId = @id"
                )
        ),
        new(
            "Orders missed a change of a rating",
            FindingKind.Lost,
            nameof(RatingsReachOrders),
            day =>
                Change(
                    day,
                    "orders",
                    "SELECT StoreId FROM store_rating LIMIT 1",
                    "UPDATE store_rating SET Revision = Revision - 1 WHERE StoreId = @id"
                )
        ),
        new(
            "two changes of a rating are swapped",
            FindingKind.OutOfOrder,
            nameof(RatingsReachOrders),
            day =>
            {
                var store = day.Find(
                    "reviews",
                    "SELECT \"Key\" FROM outbox WHERE Type = 'reviews.store-rating-changed.v1' GROUP BY \"Key\" HAVING COUNT(*) > 1 LIMIT 1"
                );
                var positions = day.Find(
                        "reviews",
                        "SELECT MIN(Position) || ' ' || MAX(Position) FROM outbox WHERE \"Key\" = @id",
                        ("id", store)
                    )
                    .Split(' ');
                SwapPositions(day, "reviews", positions[0], positions[1]);
                return store;
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
            "an event was never handled",
            FindingKind.Stuck,
            nameof(StreamsAreHandledToTheirEnds),
            day =>
            {
                day.Spoil("riders", "UPDATE cursor SET Position = Position - 1 WHERE Stream = 'orders'");
                return "riders ← orders";
            }
        ),
        new(
            "a cursor is beyond its stream",
            FindingKind.Unexpected,
            nameof(StreamsAreHandledToTheirEnds),
            day =>
            {
                day.Spoil("orders", "UPDATE cursor SET Position = Position + 1 WHERE Stream = 'riders'");
                return "orders ← riders";
            }
        ),
        new(
            "an order is stuck",
            FindingKind.Stuck,
            nameof(NothingIsStuck),
            day =>
                Change(day, "orders", ADelivered, "UPDATE \"order\" SET Status = 'PickedUp' WHERE Id = @id")
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

    public override string ToString() => Name;

    private static string Change(Day day, string module, string find, string change)
    {
        var id = day.Find(module, find);
        day.Spoil(module, change, ("id", id));
        return id;
    }

    private static string WithTimeline(Day day, string find, string timeline)
    {
        var order = day.Find("orders", find);
        day.Spoil(
            "orders",
            "UPDATE \"order\" SET Timeline = @timeline WHERE Id = @id",
            ("timeline", timeline),
            ("id", order)
        );
        return order;
    }

    private static void Swap(Day day, string module, string key, string one, string other)
    {
        var find = "SELECT Position FROM outbox WHERE \"Key\" = @id AND Type = @type";
        SwapPositions(
            day,
            module,
            day.Find(module, find, ("id", key), ("type", one)),
            day.Find(module, find, ("id", key), ("type", other))
        );
    }

    private static void SwapPositions(Day day, string module, string one, string other)
    {
        day.Spoil(module, $"UPDATE outbox SET Position = -1 WHERE Position = {one}");
        day.Spoil(module, $"UPDATE outbox SET Position = {one} WHERE Position = {other}");
        day.Spoil(module, $"UPDATE outbox SET Position = {other} WHERE Position = -1");
    }

    private static void InsertCopy(
        Day day,
        string module,
        string table,
        string key,
        string id,
        params (string Column, object Value)[] changes
    )
    {
        var columns = day.Find(module, $"SELECT group_concat(name) FROM pragma_table_info('{table}')")
            .Split(',');
        var values = columns.Select(column =>
            Array.Exists(changes, change => change.Column == column) ? $"@{column}" : $"\"{column}\""
        );
        day.Spoil(
            module,
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) SELECT {string.Join(", ", values)} FROM \"{table}\" WHERE \"{key}\" = @copied",
            [.. changes, ("copied", id)]
        );
    }
}
