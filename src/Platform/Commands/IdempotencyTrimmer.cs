using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Data;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Commands;

/// <summary>Removes the answers of keys that nobody will send again.</summary>
internal sealed class IdempotencyTrimmer(
    ModuleCatalog modules,
    ModuleGates gates,
    IServiceScopeFactory scopes,
    IOptions<CommandOptions> options,
    TimeProvider clock,
    IncidentLog incidents,
    ILogger<IdempotencyTrimmer> logger
) : BackgroundService
{
    /// <summary>Trims every module of this process once.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        var createdBefore = clock.GetUtcNow() - options.Value.IdempotencyRetention;
        foreach (var module in modules.Modules.Where(module => module.DatabaseContext is not null))
        {
            if (!gates.Of(module).IsOpen)
                continue;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var context = (ModuleDbContext)
                    scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
                await context
                    .IdempotencyRecords.Where(record => record.CreatedAt < createdBefore)
                    .OrderBy(record => record.CreatedAt)
                    .RemoveAsync(cancellationToken);
            }
            catch (Exception away) when (DatabaseFailure.IsUnreachable(away))
            {
                incidents.Tell($"Removing the idempotency keys of {module.Name} that are over", away);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogInformation(
                    failure,
                    "{Module}: idempotency keys are trimmed another time",
                    module.Name
                );
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.TrimInterval, clock, stoppingToken);
            await TrimAsync(stoppingToken);
        }
    }
}
