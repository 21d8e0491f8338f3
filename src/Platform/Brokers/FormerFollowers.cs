using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Homes;
using Platform.Hosting;
using Platform.Modules;

namespace Platform.Brokers;

/// <summary>
/// Takes away what was made for followers that are no longer elsewhere: their queues, which would fill for ever, and
/// their positions, which would keep events from being trimmed. The publisher knows of them by its schema.
/// </summary>
internal sealed class FormerFollowers(
    ModuleCatalog modules,
    ModuleGates gates,
    ModuleHomes homes,
    IBroker broker,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<FormerFollowers> logger
) : BackgroundService
{
    /// <summary>How long to rest when the broker or a database cannot be reached, and between two looks.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = Interval;
            foreach (var module in modules.Modules.Where(module => module.DatabaseContext is not null))
            {
                if (!await TryRemoveAsync(module, stoppingToken))
                    rest = Recovery;
            }
            await Task.Delay(rest, clock, stoppingToken);
        }
    }

    private async Task<bool> TryRemoveAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        if (gates.Of(module).State is ModuleState.Starting)
            return false;
        if (homes.IsAway(module))
            return true;
        try
        {
            await RemoveAsync(module, cancellationToken);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (failure is not BrokerException && !DatabaseFailure.IsUnreachable(failure))
                logger.LogInformation(
                    failure,
                    "{Module}: its former followers are removed another time",
                    module.Name
                );
            return false;
        }
    }

    private async Task RemoveAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
        var present = homes.FollowersElsewhere(module.Stream).ToHashSet(StringComparer.Ordinal);
        var stored = await context
            .Cursors.Where(row => row.Stream.StartsWith(RelayLedger.FollowerPrefix))
            .Select(row => row.Stream)
            .ToListAsync(cancellationToken);
        foreach (var name in stored)
        {
            var follower = name[RelayLedger.FollowerPrefix.Length..];
            if (present.Contains(follower))
                continue;
            await broker.RemoveAsync(module.Stream, follower, cancellationToken);
            await context.Cursors.Where(row => row.Stream == name).ExecuteDeleteAsync(cancellationToken);
            logger.LogInformation(
                "{Follower} follows the stream {Stream} elsewhere no longer: its queue and its position are removed",
                follower,
                module.Stream
            );
        }
        // A relay that nobody needs any more would begin where it once ended, and say again what everybody has had.
        if (stored.Count > 0 && present.Count == 0)
            await context
                .Cursors.Where(row => row.Stream == Relay.CursorName)
                .ExecuteDeleteAsync(cancellationToken);
    }
}
