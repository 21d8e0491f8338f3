using Platform.Domain;

namespace Reviews.Domain;

/// <summary>
/// The right to review one delivered order, copied from the order's own event so that nobody has to ask Orders.
/// A review can only be made here, which is what holds "its customer, once, in time" together.
/// </summary>
internal sealed class ReviewEligibility : IAggregateRoot
{
    private ReviewEligibility() { }

    public Guid OrderId { get; private set; }

    public Guid StoreId { get; private set; }

    public Guid CustomerId { get; private set; }

    public Guid RiderId { get; private set; }

    public DateTimeOffset DeliveredAt { get; private set; }

    /// <summary>The last instant at which it may be used; fixed at delivery, whatever is configured later.</summary>
    public DateTimeOffset ReviewableUntil { get; private set; }

    /// <summary>The review it was used for. It stays used when that review is removed.</summary>
    public Guid? ReviewId { get; private set; }

    public static ReviewEligibility Grant(
        Guid orderId,
        Guid storeId,
        Guid customerId,
        Guid riderId,
        DateTimeOffset deliveredAt,
        TimeSpan window
    ) =>
        new()
        {
            OrderId = orderId,
            StoreId = storeId,
            CustomerId = customerId,
            RiderId = riderId,
            DeliveredAt = deliveredAt,
            ReviewableUntil = deliveredAt + window,
        };

    /// <summary>
    /// Uses the right: the review is published at once. Anyone but the order's customer is told that there is no
    /// such order.
    /// </summary>
    public Result<Review> WriteReview(
        Guid authorId,
        Scores scores,
        string text,
        TimeSpan editWindow,
        DateTimeOffset now
    )
    {
        if (authorId != CustomerId)
        {
            return ReviewErrors.OrderNotFound;
        }

        if (ReviewId is not null)
        {
            return ReviewErrors.AlreadyReviewed;
        }

        if (now > ReviewableUntil)
        {
            return ReviewErrors.ReviewWindowClosed;
        }

        if (text.Length > Review.LongestText)
        {
            return ReviewErrors.TextTooLong;
        }

        var review = Review.Publish(this, scores, text, now + editWindow, now);
        ReviewId = review.ReviewId;
        return review;
    }
}
