using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Hosting;

/// <summary>Runs the sweeps of every module in this process, each on its own timer and behind its module's gate.</summary>
internal sealed class SweepRunner(
    ModuleCatalog modules,
    ModuleGates gates,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    IncidentLog incidents,
    ILogger<SweepRunner> logger
) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            from module in modules.Modules
            from sweep in module.Sweeps
            select RunAsync(module, sweep, stoppingToken)
        );

    private async Task RunAsync(ModuleDefinition module, Type sweep, CancellationToken stopping)
    {
        var gate = gates.Of(module);
        await lifetime.StartedAsync(stopping);
        while (!stopping.IsCancellationRequested)
        {
            await gate.WaitUntilOpenAsync(stopping);
            var rest = TimeSpan.Zero;
            if (gate.TryEnter() is { } passing)
            {
                using (passing)
                    rest = await SweepAsync(module, sweep, stopping);
            }
            await Task.Delay(rest, clock, stopping);
        }
    }

    /// <summary>Sweeps once.</summary>
    /// <returns>How long to rest before the next.</returns>
    private async Task<TimeSpan> SweepAsync(ModuleDefinition module, Type sweep, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var work = (ISweep)scope.ServiceProvider.GetRequiredService(sweep);
        try
        {
            await work.SweepAsync(stopping);
        }
        catch (Exception failure)
            when (!stopping.IsCancellationRequested && DatabaseFailure.IsUnreachable(failure))
        {
            incidents.Tell($"{module.Name}: {sweep.Name}", failure);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(failure, "{Module}: {Sweep} failed and is tried again", module.Name, sweep.Name);
        }
        return work.Interval;
    }
}
