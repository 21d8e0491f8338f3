using Reviews.Contracts;
using Reviews.Data;
using Reviews.Domain;

namespace Reviews.Features;

/// <summary>The rows that many reviews share. They are opened with the first delivered order.</summary>
internal static class Figures
{
    public static async Task<StoreRating> RatingOfAsync(
        this ReviewsDbContext reviews,
        Guid storeId,
        CancellationToken cancellationToken
    ) =>
        await reviews.StoreRatings.FindAsync([storeId], cancellationToken)
        ?? reviews.StoreRatings.Add(StoreRating.Open(storeId)).Entity;

    public static async Task<RiderStanding> StandingOfAsync(
        this ReviewsDbContext reviews,
        Guid riderId,
        CancellationToken cancellationToken
    ) =>
        await reviews.RiderStandings.FindAsync([riderId], cancellationToken)
        ?? reviews.RiderStandings.Add(RiderStanding.Open(riderId)).Entity;

    public static void SayRatingChanged(
        this ReviewsDbContext reviews,
        StoreRating rating,
        DateTimeOffset now
    ) =>
        reviews.Say(
            rating.StoreId,
            new StoreRatingChanged(rating.StoreId, rating.Food.Average, rating.Count, rating.Revision, now)
        );
}
