using Reviews.Domain;

namespace Reviews.Tests.Domain;

/// <summary>Ready-made reviews to start a test from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan ReviewWindow = TimeSpan.FromDays(25);
    public static readonly TimeSpan EditWindow = TimeSpan.FromHours(24);
    public static readonly TimeSpan DisputeWindow = TimeSpan.FromDays(30);

    public static Guid AnId() => Guid.CreateVersion7(Now);

    public static Scores Scores(int food = 5, int delivery = 4) =>
        global::Reviews.Domain.Scores.Of(food, delivery).Value;

    public static ReviewEligibility DeliveredOrder(
        Guid? customerId = null,
        Guid? storeId = null,
        Guid? riderId = null
    ) =>
        ReviewEligibility.Grant(
            AnId(),
            storeId ?? AnId(),
            customerId ?? AnId(),
            riderId ?? AnId(),
            Now,
            ReviewWindow
        );

    public static Review PublishedReview(
        int food = 5,
        int delivery = 4,
        string text = "Still hot.",
        Guid? storeId = null
    )
    {
        var order = DeliveredOrder(storeId: storeId);
        return order.WriteReview(order.CustomerId, Scores(food, delivery), text, EditWindow, Now).Value;
    }

    public static Review HiddenReview()
    {
        var review = PublishedReview();
        review.Hide(Now).IsDone.ShouldBeTrue();
        return review;
    }

    public static Review DisputedReview()
    {
        var review = PublishedReview();
        review.DisputeBecause("Never ordered here.", DisputeWindow, Now).IsDone.ShouldBeTrue();
        return review;
    }

    public static Review RemovedReview()
    {
        var review = PublishedReview();
        review.Remove(Now).IsDone.ShouldBeTrue();
        return review;
    }
}
