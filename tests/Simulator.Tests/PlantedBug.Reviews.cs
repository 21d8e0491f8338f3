using Simulator.Checking;
using Simulator.Checking.Rules;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <content>Bugs that show in Reviews' tables, and in what others made of their events.</content>
internal sealed partial record PlantedBug
{
    private static readonly IReadOnlyList<PlantedBug> Reviews =
    [
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
    ];
}
