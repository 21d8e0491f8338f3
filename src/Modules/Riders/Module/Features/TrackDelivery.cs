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

/// <summary>An order's delivery, for its customer, its rider or an operator; for anybody else there is none.</summary>
internal sealed record TrackDelivery(Guid OrderId, Guid CallerId, string Role) : IQuery<TrackedDelivery>;

/// <summary>A delivery as those see it who wait for it, ride it or watch over it.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PickUp">The store.</param>
/// <param name="DropOff">The customer's door; not for a rider whose ride is over.</param>
/// <param name="Rider">Who brings it; null while nobody does.</param>
/// <param name="ReadyAt">When the food will be ready, or was.</param>
/// <param name="EstimatedPickUpAt">Null while nobody has it.</param>
/// <param name="EstimatedDropOffAt">Null while nobody has it.</param>
/// <param name="FinishedAt">Null until it is over.</param>
/// <param name="FailureReason">Why it failed; null when it did not.</param>
/// <param name="Search">For operators alone: how the search goes.</param>
internal sealed record TrackedDelivery(
    Guid DeliveryId,
    Guid OrderId,
    DeliveryStatus Status,
    StoreView PickUp,
    CustomerView? DropOff,
    TrackedRider? Rider,
    DateTimeOffset ReadyAt,
    DateTimeOffset? EstimatedPickUpAt,
    DateTimeOffset? EstimatedDropOffAt,
    DateTimeOffset? FinishedAt,
    string? FailureReason,
    SearchView? Search
);

/// <summary>Who brings it. Where they are is told only while they carry this very food.</summary>
internal sealed record TrackedRider(Guid RiderId, string Name, SightingView? Location);

internal sealed record SearchView(
    int Round,
    int Asked,
    DateTimeOffset? NoRiderSince,
    DateTimeOffset? AssignMissedAt,
    DateTimeOffset? PickUpMissedAt,
    DateTimeOffset? DropOffMissedAt
)
{
    public static SearchView Of(Delivery delivery) =>
        new(
            delivery.Round,
            delivery.Offers.Count,
            delivery.NoRiderSince,
            delivery.AssignPromise.MissedAt,
            delivery.PickUpPromise.MissedAt,
            delivery.DropOffPromise.MissedAt
        );
}

internal sealed class TrackDeliveryHandler(RidersDbContext riders, RiderLocations locations)
    : IQueryHandler<TrackDelivery, TrackedDelivery>
{
    public async Task<Result<TrackedDelivery>> Handle(
        TrackDelivery query,
        CancellationToken cancellationToken
    )
    {
        var delivery = await riders
            .Deliveries.AsNoTracking()
            .SingleOrDefaultAsync(delivery => delivery.OrderId == query.OrderId, cancellationToken);
        if (delivery is null || !MaySee(delivery, query))
            return Error.NotFound("delivery_not_found", "There is no such delivery.");
        return new TrackedDelivery(
            delivery.DeliveryId,
            delivery.OrderId,
            delivery.Status,
            delivery.PickUpView(),
            query.Role == Roles.Rider && !delivery.IsInHand ? null : delivery.DropOffView(),
            await RiderOfAsync(delivery, cancellationToken),
            delivery.ReadyAt,
            delivery.EstimatedPickUpAt,
            delivery.EstimatedDropOffAt,
            delivery.FinishedAt,
            delivery.FailureReason,
            query.Role == Roles.Operator ? SearchView.Of(delivery) : null
        );
    }

    private static bool MaySee(Delivery delivery, TrackDelivery query) =>
        query.Role switch
        {
            Roles.Operator => true,
            Roles.Customer => delivery.CustomerId == query.CallerId,
            Roles.Rider => delivery.RiderId == query.CallerId,
            _ => false,
        };

    private async Task<TrackedRider?> RiderOfAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.RiderId is not { } riderId)
            return null;
        var name = await riders
            .Riders.Where(rider => rider.RiderId == riderId)
            .Select(rider => rider.Name)
            .SingleAsync(cancellationToken);
        var seen =
            delivery.Status is DeliveryStatus.PickedUp
                ? locations.LastOf(riderId) ?? await SavedAsync(riderId, cancellationToken)
                : null;
        return new TrackedRider(riderId, name, SightingView.Of(seen));
    }

    /// <summary>A rider who has not reported since this replica started was seen by another, or before.</summary>
    private async Task<Sighting?> SavedAsync(Guid riderId, CancellationToken cancellationToken)
    {
        var row = await riders
            .Locations.AsNoTracking()
            .SingleOrDefaultAsync(row => row.RiderId == riderId, cancellationToken);
        return row is null ? null : new Sighting(riderId, new GeoPoint(row.Latitude, row.Longitude), row.At);
    }
}

internal static class TrackDeliveryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/deliveries/by-order/{orderId:guid}", GetAsync)
            .RequireRole(Roles.Customer, Roles.Rider, Roles.Operator)
            .WithName("TrackDelivery")
            .WithSummary("An order's delivery and its rider")
            .Produces<TrackedDelivery>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Microsoft.AspNetCore.Http.IResult> GetAsync(
        Guid orderId,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) =>
        (
            await sender.SendAsync(new TrackDelivery(orderId, caller.UserId, caller.Role), cancellationToken)
        ).ToHttp();
}
