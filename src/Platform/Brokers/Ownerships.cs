using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Hosting;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>
/// Claims the modules of this process at the broker, so that a second deployment under the same names, or an older copy
/// of a module's database, is refused and told of instead of taking part.
/// </summary>
internal sealed class Ownerships(
    ModuleCatalog modules,
    ModuleGates gates,
    IBroker broker,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    BrokerOptions options,
    TimeProvider clock,
    ILogger<Ownerships> logger
) : BackgroundService
{
    /// <summary>Reports between two looks at a claim: a newer home may have come up.</summary>
    private const int Reports = 15;

    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.Ordinal);

    /// <summary>Why a module of this process is not this process's to run; null when it is, or that is not known.</summary>
    public string? RefusalOf(ModuleDefinition module) => _refusals.GetValueOrDefault(module.Stream);

    /// <summary>Stops whoever exchanges something in the name of a module that somebody else has claimed meanwhile.</summary>
    /// <exception cref="ClaimRefusedException">Somebody has.</exception>
    public void ThrowIfRefused(ModuleDefinition module)
    {
        if (RefusalOf(module) is { } refusal)
            throw new ClaimRefusedException(refusal);
    }

    /// <summary>Makes sure of a module's claim before anything is exchanged in its name.</summary>
    /// <exception cref="BrokerException">It belongs to somebody else, or the broker cannot be asked.</exception>
    public async Task EnsureAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var own = await OwnStream.EnsureAsync(
            (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!),
            cancellationToken
        );
        var owned = new Ownership(module.Stream, own.Identity, own.Epoch, own.Origin);
        try
        {
            await broker.ClaimAsync(owned, cancellationToken);
            _refusals.TryRemove(module.Stream, out _);
        }
        catch (ClaimRefusedException refused)
        {
            if (!_refusals.TryGetValue(module.Stream, out var known) || known != refused.Message)
                logger.LogError("{Module}: {Reason}", module.Name, refused.Message);
            _refusals[module.Stream] = refused.Message;
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var module in modules.Modules.Where(module => module.DatabaseContext is not null))
            {
                if (gates.Of(module) is { IsAway: true } or { State: ModuleState.Starting })
                    continue;
                try
                {
                    await EnsureAsync(module, stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    // A refusal is noted, and whoever exchanges something tells of the rest.
                    if (failure is not BrokerException && !DatabaseFailure.IsUnreachable(failure))
                        logger.LogInformation(
                            failure,
                            "{Module}: its names are claimed another time",
                            module.Name
                        );
                }
            }
            await Task.Delay(Reports * options.ReportInterval, clock, stoppingToken);
        }
    }
}
