using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Brokers;
using Platform.Data;
using Platform.Homes;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Ops;

/// <summary>Gathers what an operator wants to know of each module, leaving out what cannot be reached.</summary>
internal sealed class ModuleOverview(
    ModuleHomes homes,
    ModuleDatabases databases,
    ModuleGates gates,
    SubscriptionRunner subscriptions,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    RelayRunner? relays = null,
    Ownerships? ownerships = null
)
{
    public async Task<IReadOnlyList<ModuleView>> ReadAsync(CancellationToken cancellationToken)
    {
        var views = new List<ModuleView>();
        foreach (var module in homes.RunningHere)
        {
            var gate = gates.Of(module);
            var following = new List<SubscriptionView>();
            foreach (var subscription in subscriptions.Of(module).OrderBy(one => one.Definition.Stream))
                following.Add(await ReadAsync(subscription, cancellationToken));
            views.Add(
                new ModuleView(
                    module.Name,
                    gate.State,
                    module.DatabaseContext is null ? "None" : databases.Of(module).Engine.ToString(),
                    nameof(Placement.Local),
                    module.Paths,
                    gate.StartError ?? ownerships?.RefusalOf(module),
                    following,
                    await ReadRelayAsync(module, cancellationToken),
                    []
                )
            );
        }
        return views;
    }

    private async Task<RelayView?> ReadRelayAsync(
        ModuleDefinition module,
        CancellationToken cancellationToken
    )
    {
        if (relays?.All.FirstOrDefault(one => one.Module == module) is not { Followers.Count: > 0 } relay)
            return null;
        var ledger = new RelayLedger(module, scopes);
        var head = await TryAsync(() => relay.HeadAsync(cancellationToken));
        var position = await PositionAsync(Relay.CursorName);
        var followers = new List<FollowerView>();
        foreach (var follower in relay.Followers)
        {
            var reached = await PositionAsync(RelayLedger.NameOf(follower));
            followers.Add(new FollowerView(follower, reached, Lag(reached, head)));
        }
        var status = relay.Status;
        return new RelayView(
            status.State,
            position,
            head,
            Lag(position, head),
            followers,
            status.LastError,
            status.LastErrorAt
        );

        Task<long?> PositionAsync(string name) =>
            TryAsync<long?>(async () => await ledger.PositionAsync(name, cancellationToken));
    }

    private static long? Lag(long? position, long? head) =>
        head is { } newest && position is { } passed ? Math.Max(0, newest - passed) : null;

    private async Task<SubscriptionView> ReadAsync(
        Subscription subscription,
        CancellationToken cancellationToken
    )
    {
        var (position, letters) = await TryAsync(() =>
            OwnSideAsync(subscription.Definition, cancellationToken)
        );
        var (head, oldest) = await TryAsync(() =>
            OtherSideAsync(subscription.Reader, position ?? long.MaxValue, cancellationToken)
        );
        var status = subscription.Status;
        return new SubscriptionView(
            subscription.Definition.Stream,
            status.State,
            position,
            head,
            Lag(position, head),
            oldest,
            letters,
            status.LastError,
            status.LastErrorAt
        );
    }

    private async Task<(long? Position, int? Letters)> OwnSideAsync(
        SubscriptionDefinition definition,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = (ModuleDbContext)
            scope.ServiceProvider.GetRequiredService(definition.Module.DatabaseContext!);
        var position = await context
            .Cursors.Where(row => row.Stream == definition.Stream)
            .Select(row => row.Position)
            .SingleOrDefaultAsync(cancellationToken);
        var letters = await context.DeadLetters.CountAsync(
            row => row.Stream == definition.Stream && row.DiscardedAt == null,
            cancellationToken
        );
        return (position, letters);
    }

    private async Task<(long? Head, double? Oldest)> OtherSideAsync(
        IStreamReader reader,
        long position,
        CancellationToken cancellationToken
    )
    {
        var head = await reader.HeadAsync(cancellationToken);
        var oldest = await reader.OldestBehindAsync(position, cancellationToken);
        var age = oldest is { } saidAt ? clock.GetUtcNow() - saidAt : TimeSpan.Zero;
        return (head, Math.Max(0, age.TotalSeconds));
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return default;
        }
    }
}
