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

/// <summary>What a store's published reviews add up to.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Average">Mean food rating, 1 to 5; 0 when nothing is published.</param>
/// <param name="Count">How many reviews are published.</param>
/// <param name="DeliveryAverage">Mean delivery rating, 1 to 5; 0 when nothing is published.</param>
/// <param name="Food">How many gave the food one star, two, … five.</param>
/// <param name="Delivery">How many gave the delivery one star, two, … five.</param>
/// <param name="Revision">Grows with every change.</param>
internal sealed record StoreRatingView(
    Guid StoreId,
    double Average,
    int Count,
    double DeliveryAverage,
    IReadOnlyList<int> Food,
    IReadOnlyList<int> Delivery,
    long Revision
)
{
    public static StoreRatingView Of(StoreRating rating) =>
        new(
            rating.StoreId,
            rating.Food.Average,
            rating.Count,
            rating.Delivery.Average,
            Stars(rating.Food),
            Stars(rating.Delivery),
            rating.Revision
        );

    private static int[] Stars(ScoreTally tally) =>
        [tally.Ones, tally.Twos, tally.Threes, tally.Fours, tally.Fives];
}

internal sealed record GetStoreRating(Guid StoreId) : IQuery<StoreRatingView>;

internal sealed class GetStoreRatingHandler(ReviewsDbContext reviews)
    : IQueryHandler<GetStoreRating, StoreRatingView>
{
    public async Task<Result<StoreRatingView>> Handle(
        GetStoreRating query,
        CancellationToken cancellationToken
    ) =>
        StoreRatingView.Of(
            await reviews
                .StoreRatings.AsNoTracking()
                .SingleOrDefaultAsync(rating => rating.StoreId == query.StoreId, cancellationToken)
                ?? StoreRating.Open(query.StoreId)
        );
}

internal static class GetStoreRatingEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/ratings/{storeId:guid}", GetAsync)
            .AllowAnonymous()
            .WithName("GetStoreRating")
            .WithSummary("What a store's published reviews add up to; zeros for a store without any.")
            .Produces<StoreRatingView>();

    private static async Task<IResult> GetAsync(
        Guid storeId,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var rating = await sender.SendAsync(new GetStoreRating(storeId), cancellationToken);
        return rating.ToHttp();
    }
}
