using Microsoft.EntityFrameworkCore;
using Platform.Domain;
using Platform.Http;
using Reviews.Domain;

namespace Reviews.Features;

/// <summary>
/// The orders in which reviews are listed, each total, so that a page resumes exactly behind the one before. By
/// when they were written, and not by when they were published last: one that was hidden for a while comes back
/// to its old place.
/// </summary>
internal static class ReviewOrder
{
    public const string Newest = "newest";
    public const string Highest = "highest";
    public const string Lowest = "lowest";

    /// <summary>Bits of a cursor's sort value that hold the time; the food rating is in those above.</summary>
    private const int TimeBits = 60;

    public static bool IsKnown(string sort) => sort is Newest or Highest or Lowest;

    /// <summary>One page of reviews as <paramref name="reader"/> gets them.</summary>
    public static async Task<Result<Page<ReviewView>>> PageAsync(
        this IQueryable<Review> reviews,
        Caller? reader,
        string sort,
        string? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (limit is < 1 or > PageCursor.MaximumLimit)
            return PageCursor.LimitOutOfRange;
        if (!string.IsNullOrEmpty(cursor))
        {
            if (!PageCursor.TryDecode(cursor, out var place, out var id) || place < 0)
                return PageCursor.Unreadable;
            reviews = Behind(reviews, sort, Unpack(place), id);
        }

        var rows = await Sorted(reviews, sort).Take(limit + 1).ToListAsync(cancellationToken);
        var page = Page<Review>.From(rows, limit, CursorOf);
        return new Page<ReviewView>(
            [.. page.Items.Select(review => ReviewView.For(reader, review))],
            page.Next
        );
    }

    private static IQueryable<Review> Sorted(IQueryable<Review> reviews, string sort) =>
        sort switch
        {
            Highest => reviews
                .OrderByDescending(review => review.FoodRating)
                .ThenByDescending(review => review.WrittenAt)
                .ThenByDescending(review => review.ReviewId),
            Lowest => reviews
                .OrderBy(review => review.FoodRating)
                .ThenByDescending(review => review.WrittenAt)
                .ThenByDescending(review => review.ReviewId),
            _ => reviews
                .OrderByDescending(review => review.WrittenAt)
                .ThenByDescending(review => review.ReviewId),
        };

    private static IQueryable<Review> Behind(
        IQueryable<Review> reviews,
        string sort,
        (int Rating, DateTimeOffset WrittenAt) last,
        Guid id
    )
    {
        var (rating, writtenAt) = last;
        return sort switch
        {
            Highest => reviews.Where(review =>
                review.FoodRating < rating
                || (
                    review.FoodRating == rating
                    && (
                        review.WrittenAt < writtenAt
                        || (review.WrittenAt == writtenAt && review.ReviewId < id)
                    )
                )
            ),
            Lowest => reviews.Where(review =>
                review.FoodRating > rating
                || (
                    review.FoodRating == rating
                    && (
                        review.WrittenAt < writtenAt
                        || (review.WrittenAt == writtenAt && review.ReviewId < id)
                    )
                )
            ),
            _ => reviews.Where(review =>
                review.WrittenAt < writtenAt || (review.WrittenAt == writtenAt && review.ReviewId < id)
            ),
        };
    }

    private static string CursorOf(Review review) =>
        PageCursor.Encode(((long)review.FoodRating << TimeBits) | review.WrittenAt.UtcTicks, review.ReviewId);

    private static (int Rating, DateTimeOffset WrittenAt) Unpack(long place) =>
        ((int)(place >> TimeBits), new DateTimeOffset(place & ((1L << TimeBits) - 1), TimeSpan.Zero));
}
