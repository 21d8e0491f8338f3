using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;

namespace Platform.Streams;

/// <summary>
/// Handles dead letters again, for the replica that holds the subscription's lease: a key's letters in order,
/// each in a transaction with its own removal, until one fails.
/// </summary>
internal sealed class Replayer(
    SubscriptionDefinition subscription,
    IDelivery delivery,
    IServiceScopeFactory scopes,
    FaultPoints faults,
    StreamOptions options,
    TimeProvider clock
)
{
    /// <summary>
    /// Replays every key that an operator asked for, and what an older build parked since it did not know the type.
    /// </summary>
    /// <returns>Whether anything was replayed, so that what is known of the cursor is out of date.</returns>
    public async Task<bool> ReplayRequestedAsync(CancellationToken cancellationToken)
    {
        var replayed = false;
        while (await NextAsync(cancellationToken) is { } letter)
        {
            replayed = true;
            try
            {
                if (subscription.Knows(letter.Type))
                    await ReplayAsync(letter, cancellationToken);
                else
                    await SetAsideAsync(letter, cancellationToken);
            }
            catch (Exception failure)
                when (!DatabaseFailure.IsLostRace(failure)
                    && DeliveryException.IsOfTheHandler(failure, cancellationToken)
                )
            {
                await KeepAsync(letter, failure, cancellationToken);
            }
        }
        return replayed;
    }

    /// <summary>Gives letters that a build without reasons parked theirs.</summary>
    public async Task GiveReasonsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await FormerLetters.GiveReasonsAsync(
            Context(scope),
            subscription.Stream,
            clock.GetUtcNow(),
            cancellationToken
        );
    }

    private async Task<DeadLetter?> NextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var known = subscription.KnownTypes;
        return await Context(scope)
            .DeadLetters.AsNoTracking()
            .Where(row =>
                row.Stream == subscription.Stream
                && row.DiscardedAt == null
                && (
                    row.Reason == ParkingReason.Unknown
                        ? known.Contains(row.Type)
                        : row.ReplayRequestedAt != null
                )
            )
            .OrderBy(row => row.Position)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task ReplayAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        await using var batch = await Batch.OpenAsync(
            scopes,
            subscription.Module,
            options.LockPatience,
            cancellationToken
        );
        faults.Pass("replay begun");
        var handled = subscription.Find(letter.Type);
        if (handled is not null)
            await delivery.DeliverAsync(letter.ToEvent(), handled, batch, cancellationToken);
        faults.Pass("replay handled");
        batch.Context.DeadLetters.Remove(letter);
        if (letter.Reason != ParkingReason.Unknown)
            await AskForThoseBehindAsync(batch.Context, letter, cancellationToken);
        await ReplayToken.BumpAsync(batch.Context, subscription.Stream, cancellationToken);
        await batch.FlushAsync(cancellationToken);
        faults.Pass("replay flushed");
        await batch.CommitAsync(cancellationToken);
        faults.Pass("replay committed");
    }

    /// <summary>What came while a replay was asked for parked behind it, and is handled with it, up to the next that failed by itself.</summary>
    private async Task AskForThoseBehindAsync(
        ModuleDbContext context,
        DeadLetter replayed,
        CancellationToken cancellationToken
    )
    {
        var others = context.DeadLetters.Where(row =>
            row.Stream == replayed.Stream
            && row.Key == replayed.Key
            && row.DiscardedAt == null
            && row.Position > replayed.Position
        );
        var failed =
            await others
                .Where(row => row.Reason == ParkingReason.Failed)
                .MinAsync(row => (long?)row.Position, cancellationToken)
            ?? long.MaxValue;
        await others
            .Where(row =>
                row.Reason == ParkingReason.Behind && row.Position < failed && row.ReplayRequestedAt == null
            )
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ReplayRequestedAt, (DateTimeOffset?)clock.GetUtcNow()),
                cancellationToken
            );
    }

    /// <summary>One that waited behind another and is of a type that this build does not know waits for one that does.</summary>
    private async Task SetAsideAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        await AskForThoseBehindAsync(context, letter, cancellationToken);
        await context
            .DeadLetters.Where(row => row.Id == letter.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Reason, ParkingReason.Unknown)
                        .SetProperty(row => row.Error, $"'{letter.Type}'{DeadLetter.UnknownError}")
                        .SetProperty(row => row.ReplayRequestedAt, (DateTimeOffset?)null),
                cancellationToken
            );
    }

    private async Task KeepAsync(DeadLetter letter, Exception failure, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        await context
            .DeadLetters.Where(row => row.Stream == subscription.Stream && row.Key == letter.Key)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ReplayRequestedAt, (DateTimeOffset?)null),
                cancellationToken
            );
        await context
            .DeadLetters.Where(row => row.Id == letter.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Reason, ParkingReason.Failed)
                        .SetProperty(row => row.Attempts, row => row.Attempts + 1)
                        .SetProperty(row => row.Error, SubscriptionStatus.Describe(failure))
                        .SetProperty(row => row.LastFailedAt, clock.GetUtcNow()),
                cancellationToken
            );
    }

    private ModuleDbContext Context(AsyncServiceScope scope) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(subscription.Module.DatabaseContext!);
}

/// <summary>Moves the cursor's second token, so that a batch which has not seen a replay or discard starts over.</summary>
internal static class ReplayToken
{
    public static async Task BumpAsync(
        ModuleDbContext context,
        string stream,
        CancellationToken cancellationToken
    )
    {
        var cursor = await context.Cursors.SingleAsync(row => row.Stream == stream, cancellationToken);
        cursor.Replays++;
    }
}
