using Platform.Testing;
using Simulator.Calls;
using Simulator.Databases;
using Simulator.Identity;

namespace Simulator.Deployments;

/// <summary>
/// Replicas on one set of databases, in Production, trusting the simulator's issuer; modules may be in processes of
/// their own behind them. The numbers of the domain's rules are shortened, so that an order that nobody answers
/// expires while somebody is looking.
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    private static readonly string[] ShortTimes =
    [
        "--Modules:Orders:AnswerWithin=00:00:10",
        "--Modules:Orders:ReleaseRetry=00:00:00.5",
        "--Modules:Orders:UnknownAuthorisationWait=00:00:05",
        "--Modules:Riders:SweepEvery=00:00:00.2",
        "--Modules:Riders:SaveLocationsEvery=00:00:00.5",
        "--Modules:Riders:Dispatch:OfferLifetime=00:00:04",
        "--Modules:Riders:Dispatch:RoundLastsAtLeast=00:00:02",
        "--Modules:Riders:Dispatch:SearchAgainAfter=00:00:00.5",
        "--Logging:LogLevel:Default=Warning",
        "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
    ];

    private Deployment(
        IReadOnlyList<Replica> replicas,
        IReadOnlyList<Replica> elsewhere,
        Addresses addresses,
        FaultOrder faults
    ) => (Replicas, Elsewhere, Addresses, Faults) = (replicas, elsewhere, addresses, faults);

    /// <summary>The processes that people know.</summary>
    public IReadOnlyList<Replica> Replicas { get; }

    /// <summary>The processes of modules that have one of their own.</summary>
    public IReadOnlyList<Replica> Elsewhere { get; }

    public IReadOnlyList<Replica> Processes => [.. Replicas, .. Elsewhere];

    public Addresses Addresses { get; }

    /// <summary>Orders to these processes to end at some place of their work; those of a spread deployment heed them.</summary>
    public FaultOrder Faults { get; }

    /// <summary>Starts the replicas, the first alone, since it makes the databases.</summary>
    /// <param name="count">How many.</param>
    /// <param name="logs">An existing folder for a log per replica.</param>
    /// <param name="databases">What they store in.</param>
    /// <param name="issuer">Whom they trust.</param>
    /// <param name="clock">Tells how long a replica is passed over.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="spread">What runs elsewhere; null when every replica runs all modules.</param>
    /// <param name="host">What is run when nothing runs elsewhere.</param>
    public static async Task<Deployment> StartAsync(
        int count,
        string logs,
        DeploymentStores databases,
        TokenIssuer issuer,
        TimeProvider clock,
        CancellationToken stop,
        Spread? spread = null,
        HostBuild? host = null
    )
    {
        string[] arguments =
        [
            .. databases.HostArguments,
            "--Database:Migrate=true",
            $"--Auth:Authority={issuer.Address}",
            $"--Auth:Audience={TokenIssuer.Audience}",
            .. ShortTimes,
        ];
        var assembly = (spread?.Host ?? host ?? HostBuild.Chosen).Assembly;
        var faults = new FaultOrder(Path.Combine(logs, "fault"));
        var replicas = Enumerable
            .Range(0, count)
            .Select(index =>
                New($"replica {index}", $"replica-{index}", port: 0, spread?.FrontArguments ?? [])
            )
            .ToList();
        var elsewhere = (spread?.Modules ?? [])
            .Select(module =>
                New(module, module.ToLowerInvariant(), spread!.PortOf(module), spread.ArgumentsOf(module))
            )
            .ToList();
        var deployment = new Deployment(replicas, elsewhere, new Addresses(clock), faults);
        try
        {
            foreach (var process in deployment.Processes)
                await deployment.StartAsync(process, stop);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }

        Replica New(string name, string log, int port, IEnumerable<string> placement) =>
            new(
                name,
                Path.Combine(logs, $"{log}.log"),
                assembly,
                port,
                [.. arguments, .. placement],
                spread is null ? null : faults
            );
    }

    /// <summary>Starts a process, for the first time or again, and lets people know where it is if they are to.</summary>
    public async Task StartAsync(Replica process, CancellationToken stop)
    {
        await process.StartAsync(stop);
        if (Replicas.Index().FirstOrDefault(one => one.Item == process) is (var index, not null))
            Addresses.Set(index, process.Address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Processes)
            await process.DisposeAsync();
    }
}
