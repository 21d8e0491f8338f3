using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Live;
using Platform.Streams;
using Riders.Domain;

namespace Riders.Features;

/// <summary>What a rider has to do, as their phone is told it.</summary>
/// <param name="Status"><c>Offered</c> while an offer waits for their answer, else how their shift stands.</param>
/// <param name="Offers">What waits for their answer.</param>
/// <param name="Deliveries">What they have in hand.</param>
internal sealed record RideNotice(
    RiderState Status,
    IReadOnlyList<OfferView> Offers,
    IReadOnlyList<DeliveryView> Deliveries
)
{
    public bool Tells(RideNotice? told) =>
        told is null
        || told.Status != Status
        || !told.Offers.SequenceEqual(Offers)
        || !told.Deliveries.SequenceEqual(Deliveries);
}

/// <summary>
/// Tells one rider what they are offered and what they have in hand, then each change that others make to it. An
/// offer that nobody answered says nothing when it lapses: its end was told with it.
/// </summary>
internal sealed class RideFeed(Guid riderId, Sender sender) : ILiveFeed
{
    private RideNotice _ride = null!;
    private RideNotice? _told;

    public string Stream => "riders";

    public StreamTopic Topic => StreamTopic.With("riderId", riderId);

    public bool HasEnded => false;

    public async Task<Result<Nothing>> LoadAsync(CancellationToken cancellationToken)
    {
        var me = await sender.SendAsync(new GetMe(riderId), cancellationToken);
        var offers = await sender.SendAsync(new ListOffers(riderId), cancellationToken);
        var deliveries = await sender.SendAsync(
            new ListDeliveries(riderId, Status: null, Cursor: null, Limit: null),
            cancellationToken
        );
        if (!me.IsDone || !offers.IsDone || !deliveries.IsDone)
            return me.Error ?? offers.Error ?? deliveries.Error!;
        _ride = new RideNotice(
            offers.Value.Items.Count > 0 ? RiderState.Offered : me.Value.State,
            offers.Value.Items,
            deliveries.Value.Items
        );
        return Nothing.Done;
    }

    public IReadOnlyList<LiveItem> Present() => Tell();

    public async ValueTask<IReadOnlyList<LiveItem>> ChangeAsync(
        StreamEvent happened,
        CancellationToken cancellationToken
    )
    {
        await LoadAsync(cancellationToken);
        return _ride.Tells(_told) ? Tell() : [];
    }

    public void Dispose() { }

    private LiveItem[] Tell()
    {
        _told = _ride;
        return [new LiveItem("status", _ride)];
    }
}

internal static class FollowRideEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/riders/me/stream", FollowAsync)
            .RequireRole(Roles.Rider)
            .WithName("FollowRide")
            .WithSummary(
                "Server-Sent Events 'status' of what the rider is offered and has in hand; "
                    + "resumes with Last-Event-ID."
            )
            .Produces<RideNotice>(contentType: "text/event-stream");

    private static Task<Microsoft.AspNetCore.Http.IResult> FollowAsync(
        HttpContext http,
        Caller caller,
        Sender sender,
        LiveStreams live
    ) => live.OpenAsync(http, new RideFeed(caller.UserId, sender));
}
