using Simulator.Calls;
using Simulator.Databases;
using Simulator.Identity;

namespace Simulator.Deployments;

/// <summary>
/// Replicas on one set of databases, in Production, trusting the simulator's issuer. The numbers of the domain's
/// rules are shortened, so that an order that nobody answers expires while somebody is looking.
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

    private Deployment(IReadOnlyList<Replica> replicas, Addresses addresses) =>
        (Replicas, Addresses) = (replicas, addresses);

    public IReadOnlyList<Replica> Replicas { get; }

    public Addresses Addresses { get; }

    /// <summary>Starts the replicas, the first alone, since it makes the databases.</summary>
    /// <param name="count">How many.</param>
    /// <param name="logs">An existing folder for a log per replica.</param>
    /// <param name="databases">What they store in.</param>
    /// <param name="issuer">Whom they trust.</param>
    /// <param name="clock">Tells how long a replica is passed over.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<Deployment> StartAsync(
        int count,
        string logs,
        DeploymentStores databases,
        TokenIssuer issuer,
        TimeProvider clock,
        CancellationToken stop
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
        var replicas = Enumerable
            .Range(0, count)
            .Select(index => new Replica(index, Path.Combine(logs, $"replica-{index}.log"), arguments))
            .ToList();
        var deployment = new Deployment(replicas, new Addresses(clock));
        try
        {
            foreach (var replica in replicas)
                await deployment.StartAsync(replica, stop);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a replica, for the first time or again, and lets people know where it is.</summary>
    public async Task StartAsync(Replica replica, CancellationToken stop)
    {
        await replica.StartAsync(stop);
        Addresses.Set(replica.Index, replica.Address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas)
            await replica.DisposeAsync();
    }
}
