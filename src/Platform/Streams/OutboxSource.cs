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

    public async Task WaitOutWritersAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = Context(scope).Database;
        await DatabaseEngines.Of(database).WaitOutWritersAsync(database, module.Stream, cancellationToken);
    }

    /// <summary>
    /// Removes up to <paramref name="limit"/> events that are old enough and known to be handled. The newest one
    /// always stays, so that the head never falls behind a cursor.
    /// </summary>
    public async Task<int> TrimAsync(
        long upTo,
        DateTimeOffset saidBefore,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var head = await HeadAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var outbox = Context(scope).Outbox;
        // The oldest are the first, so what is young enough to stay is not looked through.
        var first = await outbox
            .Where(row => row.Position <= upTo && row.Position < head)
            .OrderBy(row => row.Position)
            .Take(limit)
            .Select(row => new { row.Position, row.OccurredAt })
            .ToListAsync(cancellationToken);
        var old = first.TakeWhile(row => row.OccurredAt < saidBefore).ToList();
        if (old.Count == 0)
            return 0;
        var last = old[^1].Position;
        return await outbox.Where(row => row.Position <= last).ExecuteDeleteAsync(cancellationToken);
    }

    private ModuleDbContext Context(AsyncServiceScope scope) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
