using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Ops;

/// <summary>Gathers what an operator wants to know of each module, leaving out what cannot be reached.</summary>
internal sealed class ModuleOverview(
    ModuleCatalog modules,
    ModuleDatabases databases,
    ModuleGates gates,
    SubscriptionRunner subscriptions,
    StreamSources sources,
    IServiceScopeFactory scopes,
    TimeProvider clock
)
{
    public async Task<IReadOnlyList<ModuleView>> ReadAsync(CancellationToken cancellationToken)
    {
        var views = new List<ModuleView>();
        foreach (var module in modules.Modules)
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
                    "Local",
                    module.Paths,
                    gate.StartError,
                    following
                )
            );
        }
        return views;
    }

    private async Task<SubscriptionView> ReadAsync(
        Subscription subscription,
        CancellationToken cancellationToken
    )
    {
        var (position, letters) = await TryAsync(() =>
            OwnSideAsync(subscription.Definition, cancellationToken)
        );
        var (head, oldest) = await TryAsync(() =>
            OtherSideAsync(subscription.Definition.Stream, position ?? long.MaxValue, cancellationToken)
        );
        var status = subscription.Status;
        return new SubscriptionView(
            subscription.Definition.Stream,
            status.State,
            position,
            head,
            head is { } newest && position is { } passed ? Math.Max(0, newest - passed) : null,
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
        string stream,
        long position,
        CancellationToken cancellationToken
    )
    {
        var source = sources.Find(stream)!;
        var head = await source.HeadAsync(cancellationToken);
        var next = await source.ReadAsync(position, 1, cancellationToken);
        var age = next.Count == 0 ? TimeSpan.Zero : clock.GetUtcNow() - next[0].OccurredAt;
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
