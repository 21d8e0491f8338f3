using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Reviews.Data;
using Reviews.Domain;

namespace Reviews.Features;

internal sealed record RebuildStoreRating(Guid StoreId) : ICommand<RebuiltStoreRating>, IRetryOnConflict;

/// <summary>The outcome of a recount.</summary>
/// <param name="Rating">The figures counted from scratch.</param>
/// <param name="Corrected">Whether others had been kept. It points at a bug when true.</param>
internal sealed record RebuiltStoreRating(StoreRatingView Rating, bool Corrected);

internal sealed class RebuildStoreRatingHandler(ReviewsDbContext reviews, TimeProvider clock)
    : ICommandHandler<RebuildStoreRating, RebuiltStoreRating>
{
    public async Task<Result<RebuiltStoreRating>> Handle(
        RebuildStoreRating command,
        CancellationToken cancellationToken
    )
    {
        // The rating is read before the reviews: a review published in between makes a correction lose the race
        // for the rating's version, and it is tried again.
        var rating = await reviews.StoreRatings.FindAsync([command.StoreId], cancellationToken);
        var published = await reviews
            .Reviews.Where(review =>
                review.StoreId == command.StoreId && review.Status == ReviewStatus.Published
            )
            .GroupBy(review => new { review.FoodRating, review.DeliveryRating })
            .Select(given => new
            {
                given.Key.FoodRating,
                given.Key.DeliveryRating,
                Times = given.Count(),
            })
            .ToListAsync(cancellationToken);
        rating ??=
            published.Count == 0
                ? StoreRating.Open(command.StoreId)
                : reviews.StoreRatings.Add(StoreRating.Open(command.StoreId)).Entity;
        var corrected = rating.Rebuild(
            published.Select(given => (Scores.Of(given.FoodRating, given.DeliveryRating).Value, given.Times))
        );
        if (corrected)
            reviews.SayRatingChanged(rating, clock.GetUtcNow());
        return new RebuiltStoreRating(StoreRatingView.Of(rating), corrected);
    }
}

internal static class RebuildStoreRatingEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/ratings/{storeId:guid}/rebuild", RebuildAsync)
            .RequireRole(Roles.Operator)
            .WithName("RebuildStoreRating")
            .WithSummary("Counts a store's published reviews from scratch and rights the kept figures.")
            .Produces<RebuiltStoreRating>();

    private static async Task<IResult> RebuildAsync(
        Guid storeId,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var rebuilt = await sender.SendAsync(new RebuildStoreRating(storeId), cancellationToken);
        return rebuilt.ToHttp();
    }
}
