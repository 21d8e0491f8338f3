using System.ComponentModel.DataAnnotations;

namespace Reviews.Contracts;

/// <summary>A review can be read by everyone: it is new, or it is back after being hidden.</summary>
public sealed record ReviewPublished(
    Guid ReviewId,
    Guid OrderId,
    Guid StoreId,
    Guid RiderId,
    int FoodRating,
    int DeliveryRating,
    DateTimeOffset PublishedAt
)
{
    /// <summary>The event's name on every wire; it never changes.</summary>
    public const string Alias = "reviews.review-published.v1";
}

/// <summary>A review is out of sight for now.</summary>
/// <param name="ReviewId">The review.</param>
/// <param name="StoreId">The store it speaks of.</param>
/// <param name="Reason"><c>operator</c> or <c>dispute</c>.</param>
/// <param name="HiddenAt">When.</param>
public sealed record ReviewHidden(
    Guid ReviewId,
    Guid StoreId,
    [AllowedValues("operator", "dispute")] string Reason,
    DateTimeOffset HiddenAt
)
{
    /// <inheritdoc cref="ReviewPublished.Alias"/>
    public const string Alias = "reviews.review-hidden.v1";
}

/// <summary>A review's author took it back for good.</summary>
public sealed record ReviewRemoved(Guid ReviewId, Guid StoreId, DateTimeOffset RemovedAt)
{
    /// <inheritdoc cref="ReviewPublished.Alias"/>
    public const string Alias = "reviews.review-removed.v1";
}

/// <summary>What a store's published reviews add up to now.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Average">Mean food rating of the published reviews, 1 to 5; 0 when there are none.</param>
/// <param name="Count">How many published reviews there are.</param>
/// <param name="Revision">Grows with every change of the store's rating; a lower one is late news.</param>
/// <param name="ChangedAt">When.</param>
public sealed record StoreRatingChanged(
    Guid StoreId,
    double Average,
    int Count,
    long Revision,
    DateTimeOffset ChangedAt
)
{
    /// <inheritdoc cref="ReviewPublished.Alias"/>
    public const string Alias = "reviews.store-rating-changed.v1";
}
