using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
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
    private const int AtOnce = 1_000;
    private const int MostReleases = 200;

    public async Task<Result<Nothing>> Handle(ReleaseUnplaced command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = database.PaymentIntentions.Where(intention => intention.DueAt <= now);
        var placed = await due.Where(intention => database.Orders.Any(order => order.Id == intention.OrderId))
            .OrderBy(intention => intention.DueAt)
            .Select(intention => intention.OrderId)
            .Take(AtOnce)
            .ToListAsync(cancellationToken);
        if (placed.Count > 0)
        {
            await database
                .PaymentIntentions.Where(intention => placed.Contains(intention.OrderId))
                .ExecuteUpdateAsync(
                    row => row.SetProperty(intention => intention.DueAt, (DateTimeOffset?)null),
                    cancellationToken
                );
        }
        var unplaced = await due.Where(intention =>
                !database.Orders.Any(order => order.Id == intention.OrderId)
            )
            .OrderBy(intention => intention.DueAt)
            .Take(MostReleases)
            .ToListAsync(cancellationToken);
        foreach (var intention in unplaced)
        {
            database.Settlements.Add(Settlement.OfIntention(intention.CustomerId, intention.Reference, now));
            database.PaymentIntentions.Remove(intention);
        }
        return Nothing.Done;
    }
}

/// <summary>Removes intentions whose keys are as good as new: their answers are kept no longer.</summary>
internal sealed record TrimIntentions : ICommand<Nothing>;

internal sealed class TrimIntentionsHandler(
    OrdersDbContext database,
    IOptions<CommandOptions> commands,
    TimeProvider clock
) : ICommandHandler<TrimIntentions, Nothing>
{
    private const int AtOnce = 1_000;

    /// <summary>Answers are trimmed now and then; an intention must not go before the answer of its key.</summary>
    private static readonly TimeSpan Longer = TimeSpan.FromDays(1);

    public async Task<Result<Nothing>> Handle(TrimIntentions command, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - commands.Value.IdempotencyRetention - Longer;
        var old = await database
            .PaymentIntentions.Where(intention => intention.DueAt == null && intention.WrittenAt < before)
            .OrderBy(intention => intention.WrittenAt)
            .Select(intention => intention.OrderId)
            .Take(AtOnce)
            .ToListAsync(cancellationToken);
        if (old.Count > 0)
        {
            await database
                .PaymentIntentions.Where(intention => old.Contains(intention.OrderId))
                .ExecuteDeleteAsync(cancellationToken);
        }
        return Nothing.Done;
    }
}
