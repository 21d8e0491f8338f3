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

/// <summary>How a rider is doing.</summary>
/// <param name="RiderId">The rider.</param>
/// <param name="Average">Mean delivery rating of published reviews, 1 to 5; 0 when there are none.</param>
/// <param name="Count">How many published reviews there are.</param>
/// <param name="Delivered">Orders brought to their customers.</param>
/// <param name="FailedByOwnFault">Orders that never arrived through the rider's own fault.</param>
/// <param name="Reliability">Delivered among both, 0 to 1; null before the first.</param>
internal sealed record RiderStandingView(
    Guid RiderId,
    double Average,
    int Count,
    int Delivered,
    int FailedByOwnFault,
    double? Reliability
);

internal sealed record GetRiderStanding(Guid RiderId, Caller Reader) : IQuery<RiderStandingView>;

internal sealed class GetRiderStandingHandler(ReviewsDbContext reviews)
    : IQueryHandler<GetRiderStanding, RiderStandingView>
{
    private static readonly Error RiderNotFound = Error.NotFound(
        "rider_not_found",
        "A rider sees their own standing only."
    );

    public async Task<Result<RiderStandingView>> Handle(
        GetRiderStanding query,
        CancellationToken cancellationToken
    )
    {
        if (!query.Reader.Is(Roles.Operator) && query.Reader.UserId != query.RiderId)
            return RiderNotFound;
        var standing =
            await reviews
                .RiderStandings.AsNoTracking()
                .SingleOrDefaultAsync(row => row.RiderId == query.RiderId, cancellationToken)
            ?? RiderStanding.Open(query.RiderId);
        return new RiderStandingView(
            standing.RiderId,
            standing.Scores.Average,
            standing.Scores.Count,
            standing.Delivered,
            standing.FailedByOwnFault,
            standing.Reliability
        );
    }
}

internal static class GetRiderStandingEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/riders/{riderId:guid}", GetAsync)
            .RequireRole(Roles.Rider, Roles.Operator)
            .WithName("GetRiderStanding")
            .WithSummary("How a rider is doing; what others spoilt is not held against them.")
            .Produces<RiderStandingView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> GetAsync(
        Guid riderId,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var standing = await sender.SendAsync(new GetRiderStanding(riderId, caller), cancellationToken);
        return standing.ToHttp();
    }
}
