using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Brokers;
using Platform.Data;
using Platform.Homes;
using Platform.Hosting;
using Platform.Modules;
using Platform.Telemetry;
using Wolverine.Transports;

namespace Platform.Streams;

/// <summary>Starts the subscriptions of this process and knows them all.</summary>
internal sealed class SubscriptionRunner(
    IServiceScopeFactory scopes,
    StreamSources sources,
    StreamSignals signals,
    ModuleGates gates,
    RowInserter inserter,
    ModuleDatabases databases,
    FaultPoints faults,
    ReplicaId replica,
    IHostApplicationLifetime lifetime,
    StreamOptions options,
    TimeProvider clock,
    ModuleCatalog modules,
    ModuleHomes homes,
    BrokerOptions brokerOptions,
    IncidentLog incidents,
    ILoggerFactory loggers,
    IBroker? broker = null,
    Ownerships? ownerships = null
)
{
    private readonly ConcurrentDictionary<Uri, Subscription> _subscriptions = new();
    private readonly ConcurrentBag<StreamListener> _listeners = [];

    public IEnumerable<Subscription> All => _subscriptions.Values;

    public IEnumerable<Subscription> Of(ModuleDefinition module) =>
        _subscriptions.Values.Where(subscription => subscription.Definition.Module == module);

    public Subscription? Find(ModuleDefinition module, string stream) =>
        Of(module).FirstOrDefault(subscription => subscription.Definition.Stream == stream);

    public StreamListener Start(SubscriptionDefinition definition, IReceiver receiver)
    {
        var listener = new StreamListener(definition, receiver);
        if (ReaderFor(definition) is not { } reader)
        {
            loggers
                .CreateLogger<SubscriptionRunner>()
                .LogWarning(
                    "{Subscription}: no module of this deployment publishes that stream, so nothing will come",
                    definition
                );
            return listener;
        }
        var status = new SubscriptionStatus();
        var gate = gates.Of(definition.Module);
        var logger = loggers.CreateLogger<Subscription>();
        var batcher = new EventBatcher(definition, listener, scopes, inserter, faults, options, clock);
        var subscription = new Subscription(
            definition,
            reader,
            new CursorStore(definition.Module, definition.Stream, scopes, replica.Value, options, clock),
            batcher,
            new RetryingBatcher(
                definition,
                batcher,
                new RowLocks(definition.Module, scopes),
                gate,
                status,
                options,
                clock,
                logger
            ),
            new Replayer(definition, listener, scopes, faults, options, clock),
            signals.Listen(definition.Stream),
            gate,
            databases.Of(definition.Module),
            status,
            options,
            clock,
            incidents,
            logger
        );
        _subscriptions[definition.Address] = subscription;
        listener.Run(stopping => RunAsync(subscription, stopping));
        _listeners.Add(listener);
        return listener;
    }

    /// <summary>Ends them all, and gives their leases up.</summary>
    public Task StopAsync() => Task.WhenAll(_listeners.Select(listener => listener.StopAsync().AsTask()));

    /// <summary>Modules that share a process share it for their events too; only what crosses goes over a broker.</summary>
    private IStreamReader? ReaderFor(SubscriptionDefinition definition)
    {
        var elsewhere =
            broker is not null && ownerships is not null
                ? new BrokeredReader(
                    definition,
                    broker,
                    ownerships,
                    brokerOptions,
                    signals,
                    clock,
                    loggers.CreateLogger<BrokeredReader>()
                )
                : null;
        if (modules.IsRemote(definition.Stream))
            return elsewhere;
        if (sources.Find(definition.Stream) is not { } source)
            return null;
        var here = new GaplessReader(source, options, clock, loggers.CreateLogger<GaplessReader>());
        return elsewhere is null || modules.Find(definition.Stream) is not { DatabaseContext: not null }
            ? here
            : new HomeReader(here, elsewhere, () => homes.IsElsewhere(definition.Stream));
    }

    private async Task RunAsync(Subscription subscription, CancellationToken stopping)
    {
        try
        {
            await lifetime.StartedAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        await subscription.RunAsync(stopping);
    }
}

/// <summary>Tells this process from its replicas.</summary>
internal sealed record ReplicaId(Guid Value);

/// <summary>Where each stream of this process is read.</summary>
internal sealed class StreamSources(IEnumerable<IStreamSource> sources)
{
    private readonly Dictionary<string, IStreamSource> _byStream = sources.ToDictionary(
        source => source.Stream,
        StringComparer.Ordinal
    );

    public IEnumerable<IStreamSource> All => _byStream.Values;

    public IStreamSource? Find(string stream) => _byStream.GetValueOrDefault(stream);
}
