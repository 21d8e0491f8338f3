using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Data;
using Platform.Modules;

namespace Platform.Commands;

/// <summary>Removes the answers of keys that nobody will send again.</summary>
internal sealed class IdempotencyTrimmer(
    ModuleCatalog modules,
    ModuleGates gates,
    IServiceScopeFactory scopes,
    IOptions<CommandOptions> options,
    TimeProvider clock,
    ILogger<IdempotencyTrimmer> logger
) : BackgroundService
{
    /// <summary>Few enough that no engine locks the whole table for them.</summary>
    private const int RowsAtATime = 1_000;

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
                var old = context
                    .IdempotencyRecords.Where(record => record.CreatedAt < createdBefore)
                    .OrderBy(record => record.CreatedAt)
                    .Take(RowsAtATime);
                while (await old.ExecuteDeleteAsync(cancellationToken) == RowsAtATime) { }
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
