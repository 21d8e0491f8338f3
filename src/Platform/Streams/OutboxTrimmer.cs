using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Brokers;
using Platform.Data;
using Platform.Homes;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Streams;

/// <summary>
/// Removes events that are older than the retention and that every known cursor has passed, a few at a time. A
/// cursor that cannot be read, or that followed a stream which this one no longer is, keeps everything.
/// </summary>
internal sealed class OutboxTrimmer(
    ModuleCatalog modules,
    ModuleGates gates,
    ModuleHomes homes,
    StreamTails tails,
    IServiceScopeFactory scopes,
    StreamOptions options,
    TimeProvider clock,
    IncidentLog incidents,
    ILogger<OutboxTrimmer> logger
) : BackgroundService
{
    private const int RowsAtATime = 1_000;

    /// <summary>Trims every outbox of this process once.</summary>
    /// <returns>How many events were removed.</returns>
    public async Task<int> TrimAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var module in modules.Modules.Where(module => module.DatabaseContext is not null))
        {
            try
            {
                removed += await TrimAsync(module, cancellationToken);
            }
            catch (Exception away) when (DatabaseFailure.IsUnreachable(away))
            {
                incidents.Tell($"Trimming the outbox of {module.Name}", away);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogInformation(failure, "{Module}: the outbox is trimmed another time", module.Name);
            }
        }
        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.TrimInterval, clock, stoppingToken);
            await TrimAsync(stoppingToken);
        }
    }

    private async Task<int> TrimAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        if (!gates.Of(module).IsOpen)
            return 0;
        var outbox = new OutboxSource(module, scopes, tails.Of(module.Stream));
        var passed = await PassedByAllAsync(module, outbox, cancellationToken);
        var saidBefore = clock.GetUtcNow() - options.Retention;
        var removed = 0;
        int last;
        do
        {
            last = await outbox.TrimAsync(passed, saidBefore, RowsAtATime, cancellationToken);
            removed += last;
        } while (last == RowsAtATime);
        return removed;
    }

    private async Task<long> PassedByAllAsync(
        ModuleDefinition publisher,
        OutboxSource outbox,
        CancellationToken cancellationToken
    )
    {
        var stream = publisher.Stream;
        var passed = long.MaxValue;
        foreach (var follower in homes.RunningHere.Where(module => module.FollowedStreams.Contains(stream)))
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = (ModuleDbContext)
                scope.ServiceProvider.GetRequiredService(follower.DatabaseContext!);
            var cursor = await context
                .Cursors.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Stream == stream, cancellationToken);
            var place = cursor?.Place ?? StreamPlace.Beginning;
            var standing = await outbox.StandingAsync(place.Position, cancellationToken);
            passed = await outbox.DifferenceFromAsync(place, standing, cancellationToken) is null
                ? Math.Min(passed, place.Position)
                : 0;
            if (passed == 0)
                return 0;
        }
        foreach (var follower in homes.FollowersElsewhere(stream))
        {
            var ledger = new RelayLedger(publisher, scopes);
            var reported = await ledger.PositionAsync(RelayLedger.NameOf(follower), cancellationToken);
            passed = Math.Min(passed, reported);
        }
        return passed;
    }
}
