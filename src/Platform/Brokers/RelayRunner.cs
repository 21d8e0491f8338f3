using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Homes;
using Platform.Hosting;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>Runs a relay for each stream of this process that somebody elsewhere follows, or may one day.</summary>
internal sealed class RelayRunner : BackgroundService
{
    private readonly IHostApplicationLifetime _lifetime;

    public RelayRunner(
        IHostApplicationLifetime lifetime,
        ModuleCatalog modules,
        IBroker broker,
        Ownerships ownerships,
        IServiceScopeFactory scopes,
        StreamSignals signals,
        StreamTails tails,
        ModuleGates gates,
        ModuleHomes homes,
        ModuleDatabases databases,
        FaultPoints faults,
        ReplicaId replica,
        StreamOptions options,
        TimeProvider clock,
        ILoggerFactory loggers
    )
    {
        _lifetime = lifetime;
        All =
        [
            .. from module in modules.Modules
            where module.DatabaseContext is not null
            where homes.MayBeFollowedElsewhere(module.Stream)
            let source = new OutboxSource(module, scopes, tails.Of(module.Stream))
            let reader = new GaplessReader(source, options, clock, loggers.CreateLogger<GaplessReader>())
            select new Relay(
                module,
                () => [.. homes.FollowersElsewhere(module.Stream)],
                broker,
                source,
                reader,
                new CursorStore(
                    module,
                    Relay.CursorName,
                    scopes,
                    replica.Value,
                    options,
                    clock,
                    cancellationToken => source.PlaceAsync(long.MaxValue, null, cancellationToken)
                ),
                new RelayLedger(module, scopes),
                new RelayAnswers(module, source, broker, clock),
                ownerships,
                signals.Listen(module.Stream),
                gates.Of(module),
                databases.Of(module),
                faults,
                options,
                clock,
                loggers.CreateLogger<Relay>()
            ),
        ];
    }

    public IReadOnlyList<Relay> All { get; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _lifetime.StartedAsync(stoppingToken);
        await Task.WhenAll(All.Select(relay => relay.RunAsync(stoppingToken)));
    }
}
