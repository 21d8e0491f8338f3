using Simulator.Checking;
using Simulator.Databases;
using Simulator.Deployments;
using Simulator.Identity;
using Simulator.Ledgers;
using Simulator.People;

namespace Simulator.Tests.Running;

/// <summary>Some seconds' traffic against real hosts, to its end and to rest: the same people wherever modules run.</summary>
/// <param name="Closed">Whether everything that was open came to its end in time.</param>
/// <param name="LeftOver">What the hosts still had to do; null when nothing.</param>
/// <param name="Visits">How many customers came.</param>
internal sealed record ShortDay(bool Closed, string? LeftOver, int Visits)
{
    internal const int Orders = 60;

    private static readonly TrafficPlan Plan = new()
    {
        Run = "finished day",
        Seed = 11,
        Rate = 6,
        Orders = Orders,
        Customers = 30,
        Stores = 3,
        Riders = 12,
        TimeScale = 0.3,
        AnswerWithin = TimeSpan.FromSeconds(30),
        CloseWithin = TimeSpan.FromMinutes(4),
    };

    /// <summary>The ledger of a day that is kept in this folder.</summary>
    public static string LedgerFile(string folder) => Path.Combine(folder, "ledger.jsonl");

    /// <summary>Lets it pass; the hosts are gone when it returns.</summary>
    public static async Task<ShortDay> PassAsync(
        string folder,
        DeploymentStores databases,
        Spread? spread,
        CancellationToken stop,
        HostBuild? host = null
    )
    {
        var clock = TimeProvider.System;
        await using var issuer = await TokenIssuer.StartAsync(
            Path.Combine(folder, "issuer-key.pem"),
            port: 0,
            clock
        );
        await using var deployment = await Deployment.StartAsync(
            1,
            folder,
            databases,
            issuer,
            clock,
            stop,
            spread,
            host
        );
        using var ledger = Ledger.Open(LedgerFile(folder));
        var traffic = new Traffic(Plan, deployment.Addresses, issuer, ledger, clock);
        var closed = await traffic.RunAsync(stop, stop);
        var left = await new Settling(databases, clock).WaitAsync(TimeSpan.FromMinutes(2), stop);
        return new ShortDay(closed, left, traffic.Visits);
    }
}
