using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;

namespace Orders.Features;

/// <summary>
/// Goes through the intentions whose deadline is over: where an order came of one, nothing is left to do; where none
/// did, what may be held is given back by a settlement.
/// </summary>
internal sealed record ReleaseUnplaced : ICommand<Nothing>, IRetryOnConflict;

internal sealed class ReleaseUnplacedHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<ReleaseUnplaced, Nothing>
{
    /// <summary>Few enough that no engine locks the whole table for them.</summary>
    private const int RowsAtATime = 1_000;

    private const int MostReleases = 200;

    public async Task<Result<Nothing>> Handle(ReleaseUnplaced command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = database.PaymentIntentions.Where(intention => intention.DueAt <= now);
        var placed = due.Where(intention => database.Orders.Any(order => order.Id == intention.OrderId))
            .OrderBy(intention => intention.DueAt)
            .Take(RowsAtATime);
        while (await placed.ExecuteDeleteAsync(cancellationToken) == RowsAtATime) { }
        var unplaced = await due.Where(intention =>
                !database.Orders.Any(order => order.Id == intention.OrderId)
            )
            .OrderBy(intention => intention.DueAt)
            .Take(MostReleases)
            .ToListAsync(cancellationToken);
        foreach (var intention in unplaced)
        {
            database.Settlements.Add(Settlement.OfIntention(intention, now));
            database.PaymentIntentions.Remove(intention);
        }
        return Nothing.Done;
    }
}

/// <summary>Brings the deadline of intentions forward: no order will come of them.</summary>
internal sealed record GiveUpIntentions(IReadOnlyList<Guid> OrderIds) : ICommand<Nothing>;

internal sealed class GiveUpIntentionsHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<GiveUpIntentions, Nothing>
{
    public async Task<Result<Nothing>> Handle(GiveUpIntentions command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await database
            .PaymentIntentions.Where(intention => command.OrderIds.Contains(intention.OrderId))
            .ExecuteUpdateAsync(row => row.SetProperty(intention => intention.DueAt, now), cancellationToken);
        return Nothing.Done;
    }
}
