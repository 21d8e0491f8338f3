using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;

namespace Orders.Features;

/// <summary>How the business of the last hour goes, for operators.</summary>
internal sealed record ShowFigures : IQuery<FiguresView>;

/// <summary>The business of the last hour.</summary>
/// <param name="LastHour">Orders placed in the last hour.</param>
/// <param name="PerMinute">Of those, per minute of the last five.</param>
/// <param name="Accepted">Of those that the store answered, the share that it accepted; null when it answered none.</param>
/// <param name="MinutesToDoor">From placing to the door, on average over those delivered; null when none was.</param>
/// <param name="Open">Orders that have not ended, by state, and since when the oldest is there.</param>
internal sealed record FiguresView(
    int LastHour,
    double PerMinute,
    double? Accepted,
    double? MinutesToDoor,
    IReadOnlyList<OpenState> Open
);

internal sealed record OpenState(OrderStatus Status, int Count, DateTimeOffset OldestPlacedAt);

internal sealed class ShowFiguresHandler(OrdersDbContext database, TimeProvider clock)
    : IQueryHandler<ShowFigures, FiguresView>
{
    private const int MinutesOfRate = 5;
    private static readonly TimeSpan Looked = TimeSpan.FromHours(1);

    public async Task<Result<FiguresView>> Handle(ShowFigures query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - Looked;
        var lately = await database
            .Orders.AsNoTracking()
            .Where(order => order.PlacedAt >= since)
            .Select(order => new { order.Status, order.PlacedAt })
            .ToListAsync(cancellationToken);
        var delivered = await database
            .Orders.AsNoTracking()
            .Where(order => order.PlacedAt >= since && order.Status == OrderStatus.Delivered)
            .ToListAsync(cancellationToken);
        var open = await database
            .Orders.AsNoTracking()
            .Where(order => OrderStatuses.Open.Contains(order.Status))
            .GroupBy(order => order.Status)
            .Select(group => new
            {
                Status = group.Key,
                Count = group.Count(),
                Oldest = group.Min(order => order.PlacedAt),
            })
            .ToListAsync(cancellationToken);
        var answered = lately.Count(order => order.Status != OrderStatus.Placed);
        var refused = lately.Count(order => order.Status is OrderStatus.Rejected or OrderStatus.Expired);
        return new FiguresView(
            lately.Count,
            (double)lately.Count(order => order.PlacedAt >= now.AddMinutes(-MinutesOfRate)) / MinutesOfRate,
            answered == 0 ? null : (double)(answered - refused) / answered,
            delivered.Count == 0
                ? null
                : delivered.Average(order => (order.Timeline[^1].At - order.PlacedAt).TotalMinutes),
            [.. open.Select(state => new OpenState(state.Status, state.Count, state.Oldest))]
        );
    }
}
