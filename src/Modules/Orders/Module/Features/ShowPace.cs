using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Platform.Commands;
using Platform.Domain;

namespace Orders.Features;

/// <summary>How many orders were placed in each minute of the last hour, oldest first, for operators.</summary>
internal sealed record ShowPace : IQuery<IReadOnlyList<int>>;

internal sealed class ShowPaceHandler(OrdersDbContext database, TimeProvider clock)
    : IQueryHandler<ShowPace, IReadOnlyList<int>>
{
    private const int Minutes = 60;

    /// <summary>In a busier hour the pace of its beginning is left out.</summary>
    private const int MostOrders = 20_000;

    public async Task<Result<IReadOnlyList<int>>> Handle(ShowPace query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now.AddMinutes(-Minutes);
        var placed = await database
            .Orders.AsNoTracking()
            .Where(order => order.PlacedAt > since && order.PlacedAt <= now)
            .OrderByDescending(order => order.PlacedAt)
            .Take(MostOrders)
            .Select(order => order.PlacedAt)
            .ToListAsync(cancellationToken);
        var counts = new int[Minutes];
        foreach (var at in placed)
            counts[Minutes - 1 - (int)(now - at).TotalMinutes]++;
        return counts;
    }
}
