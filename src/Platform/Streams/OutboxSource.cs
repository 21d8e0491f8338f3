using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;

namespace Platform.Streams;

/// <summary>
/// Reads a stream from the outbox of its module, through the module's own connection, and what comes next from the
/// stream's tail when it is there.
/// </summary>
internal sealed class OutboxSource(ModuleDefinition module, IServiceScopeFactory scopes, StreamTail tail)
    : IStreamSource
{
    /// <summary>Compiled, since it runs as often as anything is said, for the engine of this module.</summary>
    private readonly Func<ModuleDbContext, long, int, IAsyncEnumerable<StreamEvent>> _after =
        EF.CompileAsyncQuery(
            (ModuleDbContext context, long position, int limit) =>
                context
                    .Outbox.AsNoTracking()
                    .Where(row => row.Position > position)
                    .OrderBy(row => row.Position)
                    .Take(limit)
                    .Select(row => new StreamEvent(
                        row.Position,
                        row.EventId,
                        row.Type,
                        row.Key,
                        row.Payload,
                        row.OccurredAt,
                        row.TraceParent
                    ))
        );

    public string Stream => module.Stream;

    public async Task<IReadOnlyList<StreamEvent>> ReadAsync(
        long position,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var events = new List<StreamEvent>();
        await foreach (
            var read in _after(Context(scope), position, limit).WithCancellation(cancellationToken)
        )
            events.Add(read);
        return events;
    }

    public Task<IReadOnlyList<StreamEvent>> ReadNextAsync(
        long position,
        int limit,
        CancellationToken cancellationToken
    ) =>
        tail.After(position, limit) is { Count: > 0 } atHand
            ? Task.FromResult(atHand)
            : ReadAsync(position, limit, cancellationToken);

    public async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope).Outbox.MaxAsync(row => (long?)row.Position, cancellationToken) ?? 0;
    }

    public async Task<StreamStanding> StandingAsync(long position, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var own = await OwnStream.EnsureAsync(context, cancellationToken);
        var outbox = await context
            .OwnStreams.Where(row => row.Stream == module.Stream)
            .Select(_ => new
            {
                Head = context.Outbox.Max(row => (long?)row.Position),
                There = context
                    .Outbox.Where(row => row.Position == position)
                    .Select(row => (Guid?)row.EventId)
                    .FirstOrDefault(),
            })
            .SingleAsync(cancellationToken);
        if (outbox.Head < tail.Newest)
            tail.Forget();
        return new StreamStanding(own.Identity, outbox.Head ?? 0, own.TrimmedTo, outbox.There);
    }

    public async Task<bool> HasBeforeAsync(Guid eventId, long position, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope)
            .Outbox.AnyAsync(row => row.EventId == eventId && row.Position < position, cancellationToken);
    }

    public async Task<StreamPlace> PlaceAsync(
        long upTo,
        DateTimeOffset? saidBy,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var own = await OwnStream.EnsureAsync(context, cancellationToken);
        var newest = await context
            .Outbox.AsNoTracking()
            .Where(row => row.Position <= upTo && (saidBy == null || row.OccurredAt <= saidBy))
            .OrderByDescending(row => row.Position)
            .Select(row => new { row.Position, row.EventId })
            .FirstOrDefaultAsync(cancellationToken);
        return new StreamPlace(own.Identity, newest?.Position ?? 0, newest?.EventId);
    }

    public async Task WaitOutWritersAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = Context(scope).Database;
        await DatabaseEngines.Of(database).WaitOutWritersAsync(database, module.Stream, cancellationToken);
    }

    /// <summary>
    /// Removes up to <paramref name="limit"/> of the oldest events: those before <paramref name="upTo"/> that are old
    /// enough. Where a follower stands stays, and so does the newest: by them a follower tells that this is still the
    /// stream that it has handled.
    /// </summary>
    /// <returns>How many were removed. It looks at no more than that and one.</returns>
    public async Task<int> TrimAsync(
        long upTo,
        DateTimeOffset saidBefore,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var oldest = await context
            .Outbox.OrderBy(row => row.Position)
            .Where(row => row.Position < upTo)
            .Take(limit + 1)
            .Select(row => new { row.Position, row.OccurredAt })
            .ToListAsync(cancellationToken);
        var old = oldest.TakeWhile(row => row.OccurredAt < saidBefore).Take(limit).ToList();
        var newest = await HeadAsync(cancellationToken);
        old.RemoveAll(row => row.Position == newest);
        if (old.Count == 0)
            return 0;
        var last = old[^1].Position;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context
            .OwnStreams.Where(row => row.Stream == module.Stream && row.TrimmedTo < last)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TrimmedTo, last), cancellationToken);
        await context.Outbox.Where(row => row.Position <= last).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return old.Count;
    }

    private ModuleDbContext Context(AsyncServiceScope scope) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
