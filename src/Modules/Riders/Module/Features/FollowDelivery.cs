using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Live;
using Platform.Streams;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>How a delivery stands, as those who keep a stream open are told it.</summary>
internal sealed record DeliveryNotice(
    Guid DeliveryId,
    Guid OrderId,
    DeliveryStatus Status,
    Guid? RiderId,
    string? RiderName,
    DateTimeOffset ReadyAt,
    DateTimeOffset? EstimatedPickUpAt,
    DateTimeOffset? EstimatedDropOffAt
)
{
    public static DeliveryNotice Of(TrackedDelivery delivery) =>
        new(
            delivery.DeliveryId,
            delivery.OrderId,
            delivery.Status,
            delivery.Rider?.RiderId,
            delivery.Rider?.Name,
            delivery.ReadyAt,
            delivery.EstimatedPickUpAt,
            delivery.EstimatedDropOffAt
        );
}

/// <summary>
/// Tells one client how a delivery stands, then each change until it is over; and while the food is carried where
/// its rider is, whenever the rider is seen anew.
/// </summary>
internal sealed class DeliveryFeed(
    TrackDelivery track,
    TrackedDelivery found,
    Sender sender,
    RiderLocations locations
) : ILiveFeed
{
    private TrackedDelivery _delivery = found;
    private DeliveryNotice? _told;
    private DateTimeOffset _seenAt;
    private Action _wake = () => { };
    private (Guid RiderId, IDisposable Watch)? _watching;

    public string Stream => "riders";

    public StreamTopic Topic => StreamTopic.Of(_delivery.DeliveryId);

    public bool HasEnded => _delivery.FinishedAt is not null;

    public void WakeBy(Action wake) => _wake = wake;

    public async Task<Result<Nothing>> LoadAsync(CancellationToken cancellationToken)
    {
        var tracked = await sender.SendAsync(track, cancellationToken);
        if (!tracked.IsDone)
            return tracked.Error;
        _delivery = tracked.Value;
        WatchRider();
        return Nothing.Done;
    }

    public IReadOnlyList<LiveItem> Present()
    {
        _told = DeliveryNotice.Of(_delivery);
        var status = new LiveItem("status", _told);
        return Look() is { } location ? [status, location] : [status];
    }

    public async ValueTask<IReadOnlyList<LiveItem>> ChangeAsync(
        StreamEvent happened,
        CancellationToken cancellationToken
    )
    {
        await LoadAsync(cancellationToken);
        var notice = DeliveryNotice.Of(_delivery);
        if (notice == _told)
            return [];
        _told = notice;
        return [new LiveItem("status", notice)];
    }

    public LiveItem? Look()
    {
        if (_delivery is not { Status: DeliveryStatus.PickedUp, Rider: { } rider })
            return null;
        var seen = SightingView.Of(locations.LastOf(rider.RiderId)) ?? rider.Location;
        if (seen is null || seen.At <= _seenAt)
            return null;
        _seenAt = seen.At;
        return new LiveItem("location", seen);
    }

    public void Dispose() => _watching?.Watch.Dispose();

    /// <summary>A delivery may change hands, and is watched only while it is carried.</summary>
    private void WatchRider()
    {
        var carrier = _delivery.Status is DeliveryStatus.PickedUp ? _delivery.Rider?.RiderId : null;
        if (carrier == _watching?.RiderId)
            return;
        _watching?.Watch.Dispose();
        _watching = carrier is { } riderId ? (riderId, locations.Watch(riderId, _wake)) : null;
        if (_watching is not null)
            _wake();
    }
}

internal static class FollowDeliveryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/deliveries/by-order/{orderId:guid}/stream", FollowAsync)
            .RequireRole(Roles.Customer, Roles.Rider, Roles.Operator)
            .WithName("FollowDelivery")
            .WithSummary(
                "Server-Sent Events 'status' of an order's delivery, and 'location' while it is carried; "
                    + "resumes with Last-Event-ID."
            )
            .Produces<DeliveryNotice>(contentType: "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Microsoft.AspNetCore.Http.IResult> FollowAsync(
        Guid orderId,
        HttpContext http,
        Caller caller,
        Sender sender,
        RiderLocations locations,
        LiveStreams live
    )
    {
        var track = new TrackDelivery(orderId, caller.UserId, caller.Role);
        var tracked = await sender.SendAsync(track, http.RequestAborted);
        return tracked.IsDone
            ? await live.OpenAsync(http, new DeliveryFeed(track, tracked.Value, sender, locations))
            : tracked.Error.ToProblem();
    }
}
