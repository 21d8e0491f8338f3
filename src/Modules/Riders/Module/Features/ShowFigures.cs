using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Modules;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>How bringing goes, for operators.</summary>
internal sealed record ShowFigures : IQuery<FiguresView>;

/// <summary>How bringing goes. What speaks of the last hour speaks of deliveries requested in it.</summary>
/// <param name="OnShift">Riders on shift.</param>
/// <param name="Delivered">Deliveries of the last hour that reached their customer.</param>
/// <param name="Failed">Those that failed or went back.</param>
/// <param name="Accepted">Of the offers that ended, the share that was accepted; null when none ended.</param>
/// <param name="ToRider">From the request to a rider who has it, on average over the latest; null when none has.</param>
/// <param name="Open">Deliveries of the last day that are not finished, by state, and since when the oldest waits.</param>
internal sealed record FiguresView(
    int OnShift,
    int Delivered,
    int Failed,
    double? Accepted,
    TimeSpan? ToRider,
    IReadOnlyList<OpenState> Open
);

internal sealed record OpenState(DeliveryStatus Status, int Count, DateTimeOffset? OldestRequestedAt);

internal sealed class ShowFiguresHandler(RidersDbContext riders, TimeProvider clock)
    : IQueryHandler<ShowFigures, FiguresView>
{
    private const int AssignedLookedAt = 500;
    private static readonly TimeSpan Looked = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookedForOpen = TimeSpan.FromDays(1);

    private static readonly DeliveryStatus[] OpenStates =
    [
        DeliveryStatus.Requested,
        DeliveryStatus.Offered,
        DeliveryStatus.Assigned,
        DeliveryStatus.PickedUp,
    ];

    public async Task<Result<FiguresView>> Handle(ShowFigures query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lately = RequestedSince(now - Looked);
        var onShift = await riders.Riders.CountAsync(rider => rider.OnShift, cancellationToken);
        var counts = await lately
            .GroupBy(delivery => delivery.Status)
            .Select(group => new { Status = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Status, row => row.Count, cancellationToken);
        var assigned = await lately
            .Where(delivery => delivery.AssignedAt != null)
            .OrderByDescending(delivery => delivery.RequestedAt)
            .Take(AssignedLookedAt)
            .Select(delivery => new { delivery.RequestedAt, delivery.AssignedAt })
            .ToListAsync(cancellationToken);
        return new FiguresView(
            onShift,
            counts.GetValueOrDefault(DeliveryStatus.Delivered),
            counts.GetValueOrDefault(DeliveryStatus.Failed)
                + counts.GetValueOrDefault(DeliveryStatus.Returned),
            await AcceptedAsync(lately, cancellationToken),
            assigned.Count == 0
                ? null
                : TimeSpan.FromSeconds(
                    assigned.Average(delivery =>
                        (delivery.AssignedAt!.Value - delivery.RequestedAt).TotalSeconds
                    )
                ),
            await OpenAsync(now, cancellationToken)
        );
    }

    /// <summary>An offer that was withdrawn was answered by nobody, and says nothing of riders.</summary>
    private static async Task<double?> AcceptedAsync(
        IQueryable<Delivery> deliveries,
        CancellationToken cancellationToken
    )
    {
        var offers = await deliveries
            .SelectMany(delivery => delivery.Offers)
            .GroupBy(offer => offer.State)
            .Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.State, row => row.Count, cancellationToken);
        var accepted = offers.GetValueOrDefault(OfferState.Accepted);
        var ended =
            accepted
            + offers.GetValueOrDefault(OfferState.Declined)
            + offers.GetValueOrDefault(OfferState.Lapsed);
        return ended == 0 ? null : (double)accepted / ended;
    }

    private async Task<IReadOnlyList<OpenState>> OpenAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var open = await RequestedSince(now - LookedForOpen)
            .Where(delivery => OpenStates.Contains(delivery.Status))
            .GroupBy(delivery => delivery.Status)
            .Select(group => new
            {
                Status = group.Key,
                Count = group.Count(),
                Oldest = group.Min(delivery => delivery.RequestedAt),
            })
            .ToDictionaryAsync(row => row.Status, cancellationToken);
        return
        [
            .. OpenStates.Select(status =>
                open.TryGetValue(status, out var found)
                    ? new OpenState(status, found.Count, found.Oldest)
                    : new OpenState(status, 0, OldestRequestedAt: null)
            ),
        ];
    }

    private IQueryable<Delivery> RequestedSince(DateTimeOffset since) =>
        riders.Deliveries.AsNoTracking().Where(delivery => delivery.RequestedAt >= since);
}

/// <summary>The same, over time.</summary>
internal sealed class RidersFigures(Sender sender, RidersOptions options, TimeProvider clock)
    : IBusinessFigures
{
    public async Task<IReadOnlyList<BusinessFigure>> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await sender.SendAsync(new ShowFigures(), cancellationToken);
        if (!read.IsDone)
            return [];
        var figures = read.Value;
        return
        [
            new("monolith.riders.on_shift", "{rider}", "Riders on shift.", figures.OnShift),
            new(
                "monolith.riders.delivered.last_hour",
                "{delivery}",
                "Deliveries requested in the last hour that reached their customer.",
                figures.Delivered
            ),
            new(
                "monolith.riders.failed.last_hour",
                "{delivery}",
                "Deliveries requested in the last hour that failed or went back.",
                figures.Failed
            ),
            new(
                "monolith.riders.acceptance.ratio",
                "",
                "Share of the last hour's offers that riders accepted, of those they answered or let lapse.",
                figures.Accepted
            ),
            new(
                "monolith.riders.time_to_rider",
                "s",
                "Mean time from the request of a delivery to a rider who has it, over the latest of the last hour.",
                figures.ToRider?.TotalSeconds,
                Bounds: new("takes long to find riders", Most: options.ToRiderWithin.TotalSeconds)
            ),
            .. figures.Open.SelectMany(open => Of(open, clock.GetUtcNow())),
        ];
    }

    private IEnumerable<BusinessFigure> Of(OpenState open, DateTimeOffset now)
    {
        var state = open.Status.ToString();
        yield return new(
            "monolith.riders.open",
            "{delivery}",
            "Deliveries of the last day in a state that is not their end.",
            open.Count,
            state
        );
        yield return new(
            "monolith.riders.oldest_open",
            "s",
            "Time since the oldest delivery in the state was requested; 0 when there is none.",
            open.OldestRequestedAt is { } requested ? (now - requested).TotalSeconds : 0,
            state,
            open.Status is DeliveryStatus.Requested or DeliveryStatus.Offered
                ? new("has deliveries without a rider", Most: options.NoRiderAfter.TotalSeconds)
                : null
        );
    }
}
