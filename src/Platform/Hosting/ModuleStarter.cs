using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Data;
using Platform.Homes;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Hosting;

/// <summary>
/// Makes each module's database ready and opens its gate, while the process goes on to listen: a database that takes
/// its time holds up its own module's callers, nobody else. A module whose database cannot be reached, or turns out
/// to need setting right, stays closed and is tried again, while the others run.
/// </summary>
internal sealed class ModuleStarter(
    ModuleCatalog modules,
    ModuleGates gates,
    ModuleDatabases databases,
    ModuleMigrations migrations,
    ModuleHomes homes,
    HomeStore store,
    IServiceScopeFactory scopes,
    IHostEnvironment environment,
    IOptions<DatabaseOptions> database,
    StreamOptions streams,
    TimeProvider clock,
    ILogger<ModuleStarter> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(
            modules.Modules.Select(module =>
                Task.Run(() => TryStartAsync(module, stoppingToken), stoppingToken)
            )
        );
        // For good, since one that was ready may be closed again.
        while (true)
        {
            await Task.Delay(streams.Recovery, clock, stoppingToken);
            foreach (var module in modules.Modules.Where(module => gates.Of(module).StartError is not null))
                await TryStartAsync(module, stoppingToken);
        }
    }

    private async Task TryStartAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        var gate = gates.Of(module);
        try
        {
            var isAtHome = module.DatabaseContext is null || await OpenAsync(module, cancellationToken);
            if (isAtHome && environment.IsDevelopment() && module.DemoData is not null)
            {
                await using var scope = scopes.CreateAsyncScope();
                var demo = (IDemoData)scope.ServiceProvider.GetRequiredService(module.DemoData);
                await demo.SeedAsync(cancellationToken);
            }
            gate.MarkReady();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var isTold = DatabaseFailure.IsUnreachable(failure) || DatabaseFailure.IsOutboxBehind(failure);
            var reason = isTold
                ? DatabaseFailure.SentenceFor(databases.Of(module), failure)
                : SubscriptionStatus.Describe(failure);
            if (gate.StartError is null)
            {
                logger.LogError(
                    isTold ? null : failure,
                    "{Module} is not ready; its endpoints answer 503, and it is tried again until it is. {Reason}",
                    module.Name,
                    reason
                );
            }
            gate.MarkNotReady(reason);
        }
    }

    /// <summary>Opens the module's database. One that is at home elsewhere is looked at, and nothing in it is changed.</summary>
    /// <returns>Whether the module is at home here.</returns>
    private async Task<bool> OpenAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        var known = await store.LookAsync(module, cancellationToken);
        if (known is not null && !known.MayRun(homes.Here))
        {
            // Calls are passed on to there, also when this build is ahead of a schema that nobody uses here.
            homes.Know(module, known);
            await migrations.VerifyAsync(module, cancellationToken);
            return false;
        }
        if (database.Value.Migrate ?? environment.IsDevelopment())
            await migrations.ApplyAsync(module, cancellationToken);
        else
            await migrations.VerifyAsync(module, cancellationToken);
        await migrations.InspectAsync(module, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        await OwnStream.OpenAsync(
            (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!),
            cancellationToken
        );
        var home = await store.OpenAsync(module, homes.BeginningOf(module), cancellationToken);
        homes.Know(module, home);
        return home.MayRun(homes.Here);
    }
}
