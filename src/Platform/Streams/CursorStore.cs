using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;

namespace Platform.Streams;

/// <summary>What a subscription knows of its cursor. Valid as long as the cursor's two tokens have not moved.</summary>
/// <param name="Stored">The last event passed according to the database.</param>
/// <param name="Replays">How many replays the subscription has seen.</param>
/// <param name="ParkedKeys">Keys with a dead letter: what comes later for them parks behind it.</param>
internal sealed record CursorSnapshot(StreamPlace Stored, long Replays, IReadOnlySet<Guid> ParkedKeys)
{
    /// <summary>The last event passed. What lies between that and what is stored has no effect here.</summary>
    public StreamPlace Place { get; init; } = Stored;

    public long Position => Place.Position;

    public bool IsAhead => Position > Stored.Position;
}

/// <summary>Reads and leases one cursor of a module.</summary>
/// <param name="module">In whose schema it is.</param>
/// <param name="stream">The stream it is a position in; a cursor's name in its schema.</param>
/// <param name="scopes">Opens a scope per use.</param>
/// <param name="replica">Who leases it.</param>
/// <param name="options">How long for.</param>
/// <param name="clock">When that has passed.</param>
/// <param name="beginning">Where a new cursor begins; before the first event unless said otherwise.</param>
internal sealed class CursorStore(
    ModuleDefinition module,
    string stream,
    IServiceScopeFactory scopes,
    Guid replica,
    StreamOptions options,
    TimeProvider clock,
    Func<CancellationToken, Task<StreamPlace>>? beginning = null
)
{
    private DateTimeOffset _leasedUntil;

    public async Task<CursorSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var cursor = await context
            .Cursors.AsNoTracking()
            .SingleAsync(row => row.Stream == stream, cancellationToken);
        var keys = await context
            .DeadLetters.Where(row =>
                row.Stream == stream && row.DiscardedAt == null && row.Reason != ParkingReason.Unknown
            )
            .Select(row => row.Key)
            .Distinct()
            .ToListAsync(cancellationToken);
        return new CursorSnapshot(cursor.Place, cursor.Replays, keys.ToHashSet());
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
            .Cursors.Where(row => row.Stream == stream && row.LeaseOwner == replica)
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
    )
    {
        // Longer than leases are: its owner's clock ran ahead. Taking over is safe, since the cursor decides.
        var dishonest = now + 2 * options.Lease;
        return await context
                .Cursors.Where(row =>
                    row.Stream == stream
                    && (
                        row.LeaseOwner == replica
                        || row.LeasedUntil == null
                        || row.LeasedUntil < now
                        || row.LeasedUntil > dishonest
                    )
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.LeaseOwner, replica)
                            .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until),
                    cancellationToken
                ) > 0;
    }

    private async Task<bool> TryCreateAsync(ModuleDbContext context, CancellationToken cancellationToken)
    {
        if (await context.Cursors.AnyAsync(row => row.Stream == stream, cancellationToken))
            return false;
        var place = beginning is null ? StreamPlace.Beginning : await beginning(cancellationToken);
        context.Cursors.Add(new Cursor { Stream = stream, Place = place });
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
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
