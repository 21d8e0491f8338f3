using System.Collections.Concurrent;
using Platform.Brokers;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Homes;

/// <summary>The home that this process is one of.</summary>
/// <param name="Name"><c>Deployment:Name</c>.</param>
/// <param name="Begins">
/// Where modules begin whose database nobody has opened yet, by name, if not here: <c>Modules:{Name}:Home</c>.
/// </param>
internal sealed record LocalHome(string Name, IReadOnlyDictionary<string, string> Begins);

/// <summary>
/// Where each module is at home, as far as this process knows. Configuration says which modules could run here and
/// where the others are; of those that could, the row that lies with their data says whether they do.
/// </summary>
internal sealed class ModuleHomes(
    ModuleCatalog modules,
    ModuleGates gates,
    HomeStore store,
    StreamSignals signals,
    LocalHome local,
    BrokerOptions broker
) : IDisposable
{
    private readonly ConcurrentDictionary<string, Home> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// One look at a module at a time: what one finds is not overtaken by what an earlier one found. A database that
    /// does not answer holds up nobody who looks at another's.
    /// </summary>
    private readonly Dictionary<string, SemaphoreSlim> _looking = modules.Modules.ToDictionary(
        module => module.Stream,
        _ => new SemaphoreSlim(1),
        StringComparer.Ordinal
    );

    /// <summary>This process's name.</summary>
    public string Here => local.Name;

    /// <summary>Where a module is at home when nobody has opened its database yet.</summary>
    public string BeginningOf(ModuleDefinition module) => local.Begins.GetValueOrDefault(module.Name, Here);

    /// <summary>Null before its database was opened, and for one that could not run here.</summary>
    public Home? Of(ModuleDefinition module) => _known.GetValueOrDefault(module.Stream);

    /// <summary>Whether a module that could run here is at home in another process.</summary>
    public bool IsAway(ModuleDefinition module) =>
        Of(module) is { } home && !(home.IsAt(Here) && home.HoldsData);

    /// <summary>The modules that run in other processes, and where, as far as it is known here.</summary>
    public IReadOnlyList<RemoteModule> Elsewhere =>
        [
            .. modules.Remote,
            .. from module in modules.Modules
            where IsAway(module)
            select new RemoteModule(module, AddressesOf(module)),
        ];

    /// <summary>The module of that name, in any case, if it runs here.</summary>
    public ModuleDefinition? FindHere(string named) =>
        modules.Find(named) is { } module && !IsAway(module) ? module : null;

    /// <summary>The modules that run here.</summary>
    public IEnumerable<ModuleDefinition> RunningHere => modules.Modules.Where(module => !IsAway(module));

    /// <summary>Whether a stream is published in another process.</summary>
    public bool IsElsewhere(string stream) =>
        modules.IsRemote(stream) || modules.Modules.Any(module => module.Stream == stream && IsAway(module));

    /// <summary>
    /// Who follows a stream in other processes, by name: modules that do, or are about to, since what is said reaches
    /// their next home before they do; and services that no module is.
    /// </summary>
    public IEnumerable<string> FollowersElsewhere(string stream) =>
        modules
            .RemoteFollowersOf(stream)
            .Concat(modules.Modules.Where(module => Follows(module, stream) && LeavesOrIsAway(module)))
            .Select(module => module.Stream)
            .Concat(broker.FollowersOf(stream));

    /// <summary>Whether a stream is followed in another process, or could be one day.</summary>
    public bool MayBeFollowedElsewhere(string stream) =>
        modules.RemoteFollowersOf(stream).Any()
        || broker.FollowersOf(stream).Any()
        || modules.Modules.Any(module =>
            Follows(module, stream) && module.Stream != stream && module.DatabaseContext is not null
        );

    /// <summary>Takes note of where a module is at home, and lets it run here or keeps it from that.</summary>
    public void Know(ModuleDefinition module, Home home)
    {
        if (
            _known.TryGetValue(module.Stream, out var known)
            && known with
            {
                Driver = home.Driver,
                DriverBeat = home.DriverBeat,
                Progress = home.Progress,
            } == home
        )
            return;
        // What was read before another look, and arrives after it, is old.
        if (known is not null && home.Epoch < known.Epoch)
            return;
        _known[module.Stream] = home;
        var gate = gates.Of(module);
        if (home.State is HomeState.Preparing && known?.State is not HomeState.Preparing)
            gate.Held.Forget();
        if (home.IsBeingLeft(Here) && known?.IsBeingLeft(Here) is not true)
            gate.SlowStart.Begin();
        else if (!home.IsBeingLeft(Here))
            gate.SlowStart.End();
        gate.Stay(home.MayRun(Here), home.IsPaused, home.State is HomeState.HandingOver);
        if (known is not null)
            signals.TellReplicas(ReplicaSignals.HomeOf(module));
    }

    /// <summary>Looks where a module is at home now.</summary>
    public async Task<Home?> RefreshAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        if (module.DatabaseContext is null)
            return null;
        var looking = _looking[module.Stream];
        await looking.WaitAsync(cancellationToken);
        try
        {
            if (await store.OnAsync(module, rows => rows.ReadAsync(cancellationToken)) is { } home)
                Know(module, home);
            return Of(module);
        }
        finally
        {
            looking.Release();
        }
    }

    public void Dispose()
    {
        foreach (var looking in _looking.Values)
            looking.Dispose();
    }

    private IReadOnlyList<Uri> AddressesOf(ModuleDefinition module) =>
        Of(module)?.Address is { } address ? [new Uri(address)] : [];

    private bool LeavesOrIsAway(ModuleDefinition module) =>
        Of(module) is { } home
        && (IsAway(module) || (home.State is HomeState.Preparing && home.NextName != Here));

    private static bool Follows(ModuleDefinition module, string stream) =>
        module.FollowedStreams.Contains(stream, StringComparer.Ordinal);
}
