using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;

namespace Platform.Streams;

/// <summary>What a subscription knows of its cursor. Valid as long as the cursor's two tokens have not moved.</summary>
/// <param name="Position">The last event passed.</param>
/// <param name="Replays">How many replays the subscription has seen.</param>
/// <param name="ParkedKeys">Keys with a dead letter: what comes later for them parks behind it.</param>
internal sealed record CursorSnapshot(long Position, long Replays, IReadOnlySet<Guid> ParkedKeys);

/// <summary>Reads and leases the cursor of one subscription.</summary>
internal sealed class CursorStore(
    SubscriptionDefinition subscription,
    IServiceScopeFactory scopes,
    Guid replica,
    StreamOptions options,
    TimeProvider clock
)
{
    private DateTimeOffset _leasedUntil;

    public async Task<CursorSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var cursor = await context
            .Cursors.AsNoTracking()
            .SingleAsync(row => row.Stream == subscription.Stream, cancellationToken);
        var keys = await context
            .DeadLetters.Where(row => row.Stream == subscription.Stream && row.DiscardedAt == null)
            .Select(row => row.Key)
            .Distinct()
            .ToListAsync(cancellationToken);
        return new CursorSnapshot(cursor.Position, cursor.Replays, keys.ToHashSet());
    }

    /// <summary>Takes or renews the lease. False when another replica holds it.</summary>
    public async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_leasedUntil - now > options.Lease / 2)
            return true;
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var until = now + options.Lease;
        var held = await LeaseAsync(context, now, until, cancellationToken);
        if (!held && await TryCreateAsync(context, cancellationToken))
            held = await LeaseAsync(context, now, until, cancellationToken);
        _leasedUntil = held ? until : default;
        return held;
    }

    /// <summary>Lets another replica take over at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_leasedUntil == default)
            return;
        _leasedUntil = default;
        await using var scope = scopes.CreateAsyncScope();
        await Context(scope)
            .Cursors.Where(row => row.Stream == subscription.Stream && row.LeaseOwner == replica)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null),
                cancellationToken
            );
    }

    private async Task<bool> LeaseAsync(
        ModuleDbContext context,
        DateTimeOffset now,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        await context
            .Cursors.Where(row =>
                row.Stream == subscription.Stream
                && (row.LeaseOwner == replica || row.LeasedUntil == null || row.LeasedUntil < now)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.LeaseOwner, replica)
                        .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until),
                cancellationToken
            ) > 0;

    private async Task<bool> TryCreateAsync(ModuleDbContext context, CancellationToken cancellationToken)
    {
        if (await context.Cursors.AnyAsync(row => row.Stream == subscription.Stream, cancellationToken))
            return false;
        context.Cursors.Add(new Cursor { Stream = subscription.Stream });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException raced) when (DatabaseFailure.IsDuplicate(raced))
        {
            // Another replica created it first.
        }
        return true;
    }

    private ModuleDbContext Context(AsyncServiceScope scope) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(subscription.Module.DatabaseContext!);
}
