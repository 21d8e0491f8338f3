using Microsoft.EntityFrameworkCore;
using Platform.Domain;
using Platform.Http;
using Reviews.Contracts;
using Reviews.Data;
using Reviews.Domain;

namespace Reviews.Features;

/// <summary>
/// The one way in which a review comes to be or changes, so that no use case can forget the store's rating, the
/// rider's standing or what must be said.
/// </summary>
internal sealed class ReviewLedger(ReviewsDbContext reviews, TimeProvider clock)
{
    /// <summary>Enters a review that was just written.</summary>
    public async Task EnterAsync(Review review, CancellationToken cancellationToken)
    {
        var books = new Books(
            await reviews.RatingOfAsync(review.StoreId, cancellationToken),
            await reviews.StandingOfAsync(review.RiderId, cancellationToken)
        );
        reviews.Reviews.Add(review);
        Settle(review, books, null, null);
    }

    /// <summary>Lets a caller change a review: not found unless they see it, forbidden unless it is theirs to.</summary>
    public async Task<Result<ReviewView>> ChangeAsync(
        Guid reviewId,
        Caller caller,
        Func<Caller, Review, Error?> access,
        Func<Review, DateTimeOffset, Result> change,
        CancellationToken cancellationToken
    )
    {
        var entry = await FindAsync(reviewId, cancellationToken);
        if (entry is not { Review: var review } || !caller.MaySee(review))
            return ReviewErrors.ReviewNotFound;
        if (access(caller, review) is { } refusal)
            return refusal;
        var changed = Change(entry, change);
        return changed.IsDone ? ReviewView.For(caller, review) : changed.Error;
    }

    /// <summary>Changes a review on nobody's behalf.</summary>
    public async Task<Result> ChangeAsync(
        Guid reviewId,
        Func<Review, DateTimeOffset, Result> change,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(reviewId, cancellationToken) is { } entry
            ? Change(entry, change)
            : ReviewErrors.ReviewNotFound;

    private Result Change(Entry entry, Func<Review, DateTimeOffset, Result> change)
    {
        var (review, books) = entry;
        var (status, counted) = (review.Status, review.CountedScores);
        var changed = change(review, clock.GetUtcNow());
        if (changed.IsDone)
            Settle(review, books, status, counted);
        return changed;
    }

    /// <summary>
    /// A review and the figures that it is part of, as they were at one instant: in one query. Read one after the
    /// other, somebody may hide the review in between, and its scores would be taken from figures that no longer
    /// have them.
    /// </summary>
    private async Task<Entry?> FindAsync(Guid reviewId, CancellationToken cancellationToken)
    {
        var found = await reviews
            .Reviews.Where(review => review.ReviewId == reviewId)
            .LeftJoin(
                reviews.StoreRatings,
                review => review.StoreId,
                rating => rating.StoreId,
                (review, rating) => new { review, rating }
            )
            .LeftJoin(
                reviews.RiderStandings,
                row => row.review.RiderId,
                standing => standing.RiderId,
                (row, standing) =>
                    new
                    {
                        row.review,
                        row.rating,
                        standing,
                    }
            )
            .SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new Entry(
                found.review,
                new Books(
                    found.rating ?? reviews.StoreRatings.Add(StoreRating.Open(found.review.StoreId)).Entity,
                    found.standing
                        ?? reviews.RiderStandings.Add(RiderStanding.Open(found.review.RiderId)).Entity
                )
            );
    }

    private void Settle(Review review, Books books, ReviewStatus? before, Scores? counted)
    {
        var now = clock.GetUtcNow();
        if (review.Status != before)
            TellWhetherItIsSeen(review, before, now);
        books.Standing.Recount(counted, review.CountedScores);
        if (books.Rating.Recount(counted, review.CountedScores))
            reviews.SayRatingChanged(books.Rating, now);
    }

    private void TellWhetherItIsSeen(Review review, ReviewStatus? before, DateTimeOffset now)
    {
        if (review.IsPublished)
        {
            reviews.Say(
                review.ReviewId,
                new ReviewPublished(
                    review.ReviewId,
                    review.OrderId,
                    review.StoreId,
                    review.RiderId,
                    review.FoodRating,
                    review.DeliveryRating,
                    now
                )
            );
        }
        else if (review.IsRemoved)
        {
            reviews.Say(review.ReviewId, new ReviewRemoved(review.ReviewId, review.StoreId, now));
        }
        else if (before == ReviewStatus.Published)
        {
            var reason = review.Status == ReviewStatus.HiddenByDispute ? "dispute" : "operator";
            reviews.Say(review.ReviewId, new ReviewHidden(review.ReviewId, review.StoreId, reason, now));
        }
    }

    private sealed record Entry(Review Review, Books Books);

    private sealed record Books(StoreRating Rating, RiderStanding Standing);
}
