using Simulator.Checking;
using Simulator.Databases;
using Simulator.Deployments;
using Simulator.Identity;
using Simulator.Ledgers;
using Simulator.People;

[assembly: AssemblyFixture(typeof(Simulator.Tests.Running.FinishedDay))]

namespace Simulator.Tests.Running;

/// <summary>
/// A day of traffic against a real host, at rest and stopped: what every test takes a copy of, to spoil it and see
/// whether the checker notices.
/// </summary>
public sealed class FinishedDay : IAsyncLifetime
{
    internal const int Orders = 60;

    private readonly DataFolder _folder = new();

    internal bool Closed { get; private set; }

    internal string? LeftOver { get; private set; }

    internal int Visits { get; private set; }

    private string Data => Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;

    private string LedgerFile => Path.Combine(_folder.Path, "ledger.jsonl");

    public async ValueTask InitializeAsync()
    {
        var (clock, stop) = (TimeProvider.System, CancellationToken.None);
        var databases = DeploymentStores.OnSqlite(Data);
        await using var issuer = await TokenIssuer.StartAsync(
            Path.Combine(_folder.Path, "issuer-key.pem"),
            0,
            clock
        );
        await using var deployment = await Deployment.StartAsync(
            1,
            _folder.Path,
            databases,
            issuer,
            clock,
            stop
        );
        using var ledger = Ledger.Open(LedgerFile);
        var plan = new TrafficPlan
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
        };
        var traffic = new Traffic(plan, deployment.Addresses, issuer, ledger, clock);
        Closed = await traffic.RunAsync(stop, stop);
        Visits = traffic.Visits;
        LeftOver = await new Settling(databases, clock).WaitAsync(TimeSpan.FromMinutes(2), stop);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The day once more, to be spoilt.</summary>
    internal Day Copy()
    {
        var folder = new DataFolder();
        foreach (var file in Directory.EnumerateFiles(Data).Append(LedgerFile))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        return new Day(folder);
    }
}
