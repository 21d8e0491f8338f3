using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Data;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Streams;

/// <summary>
/// Wakes who waits in other processes on the same database, and is woken by them, so that nobody there waits for a poll
/// either. It comes behind the commit and is no promise: what it does not bring, a poll does.
/// </summary>
internal sealed class ReplicaSignals(
    ModuleCatalog modules,
    ModuleGates gates,
    ModuleDatabases databases,
    StreamSignals signals,
    IServiceScopeFactory scopes,
    ReplicaId replica,
    StreamOptions options,
    TimeProvider clock,
    IncidentLog incidents
) : BackgroundService
{
    /// <summary>Whatever is said within so long is told at once: however much that is, it costs the same.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    /// <summary>What a change of where a module is at home is told under.</summary>
    public static string HomeOf(ModuleDefinition module) => $"{module.Stream}/home";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.WakesReplicas
            ? Task.WhenAll(
                modules
                    .Modules.Where(module => module.DatabaseContext is not null)
                    .Select(module => RunAsync(module, stoppingToken))
            )
            : Task.CompletedTask;

    private Task RunAsync(ModuleDefinition module, CancellationToken stopping)
    {
        var choice = databases.Of(module);
        return DatabaseEngines.Of(choice.Engine).Notifications is { } notifications
            ? Task.WhenAll(
                TellAsync(module, module.Stream, notifications, stopping),
                TellAsync(module, HomeOf(module), notifications, stopping),
                HearAsync(module, choice, notifications, stopping)
            )
            : Task.CompletedTask;
    }

    private async Task TellAsync(
        ModuleDefinition module,
        string name,
        INotifications notifications,
        CancellationToken stopping
    )
    {
        using var signal = signals.ListenForReplicas(name);
        await GoOnAsync(
            module,
            async () =>
            {
                await signal.WaitAsync(Timeout.InfiniteTimeSpan, clock, stopping);
                await using (var scope = scopes.CreateAsyncScope())
                {
                    var context = (DbContext)
                        scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
                    await notifications.NotifyAsync(
                        context.Database,
                        module.Stream,
                        $"{replica.Value:N} {name}",
                        stopping
                    );
                }
                await Task.Delay(Rest, clock, stopping);
            },
            stopping
        );
    }

    private Task HearAsync(
        ModuleDefinition module,
        DatabaseChoice choice,
        INotifications notifications,
        CancellationToken stopping
    )
    {
        var own = $"{replica.Value:N} ";
        return GoOnAsync(
            module,
            () =>
                notifications.ListenAsync(
                    choice,
                    () =>
                    {
                        // Whatever was told before was not heard.
                        signals.Hear(module.Stream);
                        signals.Hear(HomeOf(module));
                    },
                    told =>
                    {
                        if (!told.StartsWith(own, StringComparison.Ordinal))
                            signals.Hear(told[(told.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
                    },
                    stopping
                ),
            stopping
        );
    }

    /// <summary>Does it again and again. That the database is away is told by whoever cannot do without it.</summary>
    private async Task GoOnAsync(ModuleDefinition module, Func<Task> act, CancellationToken stopping)
    {
        await gates
            .Of(module)
            .FirstTry.WaitAsync(stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await act();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (!DatabaseFailure.IsUnreachable(failure))
                    incidents.Tell($"Waking other replicas for {module.Name}", failure);
                await Task.Delay(options.Recovery, clock, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
