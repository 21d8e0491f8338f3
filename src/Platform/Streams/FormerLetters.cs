using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Streams;

/// <summary>
/// Dead letters of builds that parked without a reason: each stands as one that failed. What they wrote into it tells
/// which did. Such a build may run beside this one and park more, so they are looked for each time that a cursor is
/// loaded, and not once, by a migration.
/// </summary>
internal static class FormerLetters
{
    /// <summary>Gives them their reasons, and has those handled again that wait behind what now holds up nothing.</summary>
    public static async Task GiveReasonsAsync(
        ModuleDbContext context,
        string stream,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var former = context.DeadLetters.Where(row =>
            row.Stream == stream
            && row.DiscardedAt == null
            && row.Reason == ParkingReason.Failed
            && (row.Attempts == 0 || row.Error.EndsWith(DeadLetter.UnknownError))
        );
        if (!await former.AnyAsync(cancellationToken))
            return;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await former
            .Where(row => row.Error.EndsWith(DeadLetter.UnknownError))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Reason, ParkingReason.Unknown)
                        .SetProperty(row => row.ReplayRequestedAt, (DateTimeOffset?)null),
                cancellationToken
            );
        await former
            .Where(row => row.Error == DeadLetter.BehindError)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Reason, ParkingReason.Behind),
                cancellationToken
            );
        await context
            .DeadLetters.Where(row =>
                row.Stream == stream
                && row.DiscardedAt == null
                && row.Reason == ParkingReason.Behind
                && !context.DeadLetters.Any(failed =>
                    failed.Stream == stream
                    && failed.DiscardedAt == null
                    && failed.Reason == ParkingReason.Failed
                    && failed.Key == row.Key
                    && failed.Position < row.Position
                )
            )
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ReplayRequestedAt, (DateTimeOffset?)now),
                cancellationToken
            );
        await ReplayToken.BumpAsync(context, stream, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
