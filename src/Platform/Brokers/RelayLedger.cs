using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>
/// What a publisher's schema holds of its relay: how far it has come, and how far each follower elsewhere said it
/// has. Events that one of them has not handled are kept, so that they can be sent again.
/// </summary>
internal sealed class RelayLedger(ModuleDefinition module, IServiceScopeFactory scopes)
{
    private readonly Dictionary<string, long> _noted = new(StringComparer.Ordinal);

    /// <summary>What the names of followers' cursors in the publisher's schema begin with.</summary>
    public const string FollowerPrefix = "(follower) ";

    /// <summary>The name of a follower's cursor in the publisher's schema.</summary>
    public static string NameOf(string follower) => FollowerPrefix + follower;

    /// <summary>Moves the relay's cursor, if nobody else has.</summary>
    /// <exception cref="CursorMovedException">Another replica relays as well.</exception>
    public async Task AdvanceAsync(
        string name,
        long from,
        StreamPlace to,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var moved = await Context(scope)
            .Cursors.Where(row => row.Stream == name && row.Position == from)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Position, to.Position)
                        .SetProperty(row => row.StreamIdentity, to.Stream)
                        .SetProperty(row => row.EventId, to.EventId),
                cancellationToken
            );
        if (moved == 0)
            throw new CursorMovedException($"The relay of {module.Stream}");
    }

    /// <summary>Notes how far a follower says it has come.</summary>
    public async Task NoteAsync(string follower, long position, CancellationToken cancellationToken)
    {
        if (_noted.TryGetValue(follower, out var known) && known == position)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var name = NameOf(follower);
        var found = await context
            .Cursors.Where(row => row.Stream == name)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Position, position), cancellationToken);
        if (found == 0)
        {
            context.Cursors.Add(new Cursor { Stream = name, Position = position });
            await context.SaveChangesAsync(cancellationToken);
        }
        _noted[follower] = position;
    }

    /// <summary>How far a follower, or the relay, has come; 0 when it was never heard of.</summary>
    public async Task<long> PositionAsync(string name, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope)
            .Cursors.Where(row => row.Stream == name)
            .Select(row => row.Position)
            .SingleOrDefaultAsync(cancellationToken);
    }

    private ModuleDbContext Context(AsyncServiceScope scope) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
