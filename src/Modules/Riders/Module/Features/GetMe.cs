using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>A rider's own state. An account that never started a shift is a rider who is offline.</summary>
internal sealed record GetMe(Guid RiderId) : IQuery<RiderView>;

internal sealed record RiderView(
    Guid RiderId,
    string Name,
    RiderState State,
    int Deliveries,
    SightingView? Location
)
{
    public static RiderView Of(Rider rider, Sighting? seen) =>
        new(rider.RiderId, rider.Name, rider.State, rider.Load, SightingView.Of(seen));
}

internal sealed class GetMeHandler(RidersDbContext riders, RiderLocations locations)
    : IQueryHandler<GetMe, RiderView>
{
    public async Task<Result<RiderView>> Handle(GetMe query, CancellationToken cancellationToken)
    {
        var rider =
            await riders.Riders.SingleOrDefaultAsync(
                rider => rider.RiderId == query.RiderId,
                cancellationToken
            ) ?? Rider.Register(query.RiderId);
        return RiderView.Of(rider, locations.LastOf(query.RiderId));
    }
}

internal static class GetMeEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/riders/me", GetAsync)
            .RequireRole(Roles.Rider)
            .WithName("GetMe")
            .WithSummary("The rider's own state")
            .Produces<RiderView>();

    private static async Task<Microsoft.AspNetCore.Http.IResult> GetAsync(
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new GetMe(caller.UserId), cancellationToken)).ToHttp();
}
