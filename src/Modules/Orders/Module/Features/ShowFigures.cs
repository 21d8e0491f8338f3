using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Modules;

namespace Orders.Features;

/// <summary>How the business of the last hour goes, for operators.</summary>
internal sealed record ShowFigures : IQuery<FiguresView>;

/// <summary>The business of the last hour.</summary>
/// <param name="LastHour">Orders placed in the last hour.</param>
/// <param name="PerMinute">Of those, per minute of the last five.</param>
/// <param name="Accepted">Of those that the store answered, the share that it accepted; null when it answered none.</param>
/// <param name="ToDoor">From placing to the door, on average over the latest delivered; null when none was.</param>
/// <param name="Open">Orders of the last day that have not ended, by state, and since when the oldest is there.</param>
internal sealed record FiguresView(
    int LastHour,
    double PerMinute,
    double? Accepted,
    TimeSpan? ToDoor,
    IReadOnlyList<OpenState> Open
);

internal sealed record OpenState(OrderStatus Status, int Count, DateTimeOffset? OldestPlacedAt);

internal sealed class ShowFiguresHandler(OrdersDbContext database, TimeProvider clock)
    : IQueryHandler<ShowFigures, FiguresView>
{
    private const int MinutesOfRate = 5;
    private const int DeliveredLookedAt = 500;
    private static readonly TimeSpan Looked = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookedForOpen = TimeSpan.FromDays(1);

    private static readonly OrderStatus[] Taken =
    [
        OrderStatus.Accepted,
        OrderStatus.Ready,
        OrderStatus.PickedUp,
        OrderStatus.Delivered,
        OrderStatus.Undeliverable,
    ];

    public async Task<Result<FiguresView>> Handle(ShowFigures query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lately = PlacedSince(now - Looked);
        var counts = await lately
            .GroupBy(order => order.Status)
            .Select(group => new { Status = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Status, row => row.Count, cancellationToken);
        var justNow = await PlacedSince(now.AddMinutes(-MinutesOfRate)).CountAsync(cancellationToken);
        var delivered = await lately
            .Where(order => order.Status == OrderStatus.Delivered)
            .OrderByDescending(order => order.PlacedAt)
            .Take(DeliveredLookedAt)
            .Select(order => new { order.PlacedAt, order.Timeline })
            .ToListAsync(cancellationToken);
        var taken = Taken.Sum(status => counts.GetValueOrDefault(status));
        var refused =
            counts.GetValueOrDefault(OrderStatus.Rejected) + counts.GetValueOrDefault(OrderStatus.Expired);
        return new FiguresView(
            counts.Values.Sum(),
            (double)justNow / MinutesOfRate,
            taken + refused == 0 ? null : (double)taken / (taken + refused),
            delivered.Count == 0
                ? null
                : TimeSpan.FromSeconds(
                    delivered.Average(order => (order.Timeline[^1].At - order.PlacedAt).TotalSeconds)
                ),
            await OpenAsync(now, cancellationToken)
        );
    }

    private async Task<IReadOnlyList<OpenState>> OpenAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var open = await PlacedSince(now - LookedForOpen)
            .Where(order => OrderStatuses.Open.Contains(order.Status))
            .GroupBy(order => order.Status)
            .Select(group => new
            {
                Status = group.Key,
                Count = group.Count(),
                Oldest = group.Min(order => order.PlacedAt),
            })
            .ToDictionaryAsync(row => row.Status, cancellationToken);
        return
        [
            .. OrderStatuses.Open.Select(status =>
                open.TryGetValue(status, out var found)
                    ? new OpenState(status, found.Count, found.Oldest)
                    : new OpenState(status, 0, OldestPlacedAt: null)
            ),
        ];
    }

    private IQueryable<Order> PlacedSince(DateTimeOffset since) =>
        database.Orders.AsNoTracking().Where(order => order.PlacedAt >= since);
}

/// <summary>The same, over time.</summary>
internal sealed class OrdersFigures(Sender sender, IOptions<OrdersOptions> options, TimeProvider clock)
    : IBusinessFigures
{
    private const int EnoughToJudge = 20;

    public async Task<IReadOnlyList<BusinessFigure>> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await sender.SendAsync(new ShowFigures(), cancellationToken);
        if (!read.IsDone)
            return [];
        var (figures, wanted) = (read.Value, options.Value);
        return
        [
            new(
                "monolith.orders.placed.per_minute",
                "",
                "Orders placed per minute, over the last five.",
                figures.PerMinute,
                Bounds: new("has few orders", Least: wanted.LeastPerMinute)
            ),
            new(
                "monolith.orders.placed.last_hour",
                "{order}",
                "Orders placed in the last hour.",
                figures.LastHour
            ),
            new(
                "monolith.orders.acceptance.ratio",
                "",
                "Share of the orders of the last hour that their store accepted, of those it answered or let expire.",
                figures.Accepted,
                Bounds: figures.LastHour > EnoughToJudge
                    ? new("has few orders accepted", Least: wanted.LeastAccepted)
                    : null
            ),
            new(
                "monolith.orders.time_to_door",
                "s",
                "Mean time from placing to the door, over the latest delivered orders of the last hour.",
                figures.ToDoor?.TotalSeconds,
                Bounds: new("takes long to the door", Most: wanted.ToDoorWithin.TotalSeconds)
            ),
            .. figures.Open.SelectMany(open => Of(open, clock.GetUtcNow(), wanted.StuckAfter)),
        ];
    }

    private static IEnumerable<BusinessFigure> Of(OpenState open, DateTimeOffset now, TimeSpan stuckAfter)
    {
        var state = open.Status.ToString();
        yield return new(
            "monolith.orders.open",
            "{order}",
            "Orders of the last day in a state that is not their end.",
            open.Count,
            state
        );
        yield return new(
            "monolith.orders.oldest_open",
            "s",
            "Time since the oldest order in the state was placed; 0 when there is none.",
            open.OldestPlacedAt is { } placed ? (now - placed).TotalSeconds : 0,
            state,
            new("has orders that are stuck", Most: stuckAfter.TotalSeconds)
        );
    }
}
