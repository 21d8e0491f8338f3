using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Platform.Brokers;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Homes;

/// <summary>
/// Looks where each module is at home, for as long as the process runs, and while one is moving says that this process
/// is there and what it goes by.
/// </summary>
internal sealed class HomeWatch(
    ModuleCatalog modules,
    ModuleGates gates,
    ModuleHomes homes,
    HomeStore store,
    Reach reach,
    ReplicaId replica,
    StreamSignals signals,
    StreamOptions options,
    TimeProvider clock,
    IBroker? broker = null
) : BackgroundService
{
    private readonly ConcurrentDictionary<string, long> _beats = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long At, string? Trouble)> _reached = new(
        StringComparer.Ordinal
    );

    /// <summary>Looks once.</summary>
    public async Task LookAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        var home = await homes.RefreshAsync(module, cancellationToken);
        if (home is null or { State: HomeState.Settled })
            return;
        var trouble = await TroubleAsync(module, home, cancellationToken);
        var gate = gates.Of(module);
        await store.OnAsync(
            module,
            rows =>
                rows.BeatAsync(
                    new Presence
                    {
                        Id = replica.Value,
                        Name = homes.Here,
                        Beat = _beats.AddOrUpdate(module.Stream, 1, (_, beat) => beat + 1),
                        Epoch = home.Epoch,
                        State = home.State,
                        UnderWay = UnderWayAt(gate, home),
                        Held = gate.Held.Count,
                        HeldFor = (int)Math.Ceiling(gate.Held.For.TotalMilliseconds),
                        Trouble = trouble,
                    },
                    cancellationToken
                )
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(
            modules
                .Modules.Where(module => module.DatabaseContext is not null)
                .Select(module => WatchAsync(module, stoppingToken))
        );
    }

    private async Task WatchAsync(ModuleDefinition module, CancellationToken stopping)
    {
        using var signal = signals.Listen(ReplicaSignals.HomeOf(module));
        await gates
            .Of(module)
            .FirstTry.WaitAsync(stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stopping.IsCancellationRequested)
        {
            // A database that is away is told of by whoever needs it; here it is looked at again.
            if (homes.Of(module) is not null)
                await LookAsync(module, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await signal
                .WaitAsync(BetweenLooks(module), clock, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>While data is on its way callers may be waiting for what is seen here.</summary>
    private TimeSpan BetweenLooks(ModuleDefinition module) =>
        homes.Of(module) is { TakesData: true, State: not HomeState.Settled }
            ? options.Poll / 10
            : options.Poll;

    private static int UnderWayAt(ModuleGate gate, Home home) =>
        gate.UnderWay
        + (home.State is HomeState.HandingOver ? gate.PassedOn : 0)
        + (gate.SlowStart.IsOver ? 0 : 1);

    /// <summary>What keeps this process from doing its part in a move that is being prepared.</summary>
    private async Task<string?> TroubleAsync(
        ModuleDefinition module,
        Home home,
        CancellationToken cancellationToken
    )
    {
        if (home.State is not HomeState.Preparing)
            return null;
        if (broker is null)
            return $"'{homes.Here}' has no broker: set Broker:Kind and Broker:ConnectionString there.";
        var gate = gates.Of(module);
        if (homes.Here == home.NextName && !gate.IsReady)
            return gate.StartError ?? "Its database is being prepared.";
        if (homes.Here != home.Name || home.NextAddress is not { } address)
            return null;
        if (
            _reached.TryGetValue(module.Stream, out var reached)
            && clock.GetElapsedTime(reached.At) < options.Poll
        )
            return reached.Trouble;
        var (name, trouble) = await reach.AskAsync(new Uri(address), module, cancellationToken);
        trouble ??= name == home.NextName ? null : $"At {address} answers '{name}', not '{home.NextName}'.";
        _reached[module.Stream] = (clock.GetTimestamp(), trouble);
        return trouble;
    }
}
