using Platform.Testing;
using Simulator.Checking;
using Simulator.Databases;
using Simulator.Deployments;
using Simulator.Ledgers;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>
/// Wherever its modules run, the platform keeps the same books. The day of <see cref="CheckerTests"/>, with
/// all modules local, passes once more with modules in processes of their own; <c>MONOLITH_PLACEMENT</c> names
/// another placement, such as <c>Orders,Riders</c>.
/// </summary>
[Collection(WholeDeployments.Name)]
public sealed class PlacementTests
{
    public static TheoryData<string> Placements =>
        Environment.GetEnvironmentVariable("MONOLITH_PLACEMENT") is { } named
            ? [named]
            : ["Reviews", "Riders", "Orders,Riders,Reviews"];

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task A_day_with_modules_elsewhere_is_clean(string elsewhere)
    {
        SkipTestException.ThrowIf(RabbitMqServer.IsThere ? null : RabbitMqServer.Missing);
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        using var folder = new DataFolder();
        await using var rabbit = await RabbitMqServer.StartAsync();
        var spread = new Spread(Spread.ModulesOf(elsewhere), rabbit.ConnectionString);
        var databases = await StoresOfAsync(folder, spread);
        var stop = TestContext.Current.CancellationToken;

        var day = await ShortDay.PassAsync(folder.Path, databases, spread, stop);

        var ledger = Ledger.Read(ShortDay.LedgerFile(folder.Path));
        var verdict = Checker.Check(await Evidence.GatherAsync(ledger, databases, stop));
        verdict.Findings.ShouldBeEmpty();
        day.ShouldBe(new ShortDay(Closed: true, LeftOver: null, ShortDay.Orders));
        verdict.Rules.Where(rule => rule.Compared == 0).Select(rule => rule.Name).ShouldBeEmpty();
    }

    /// <summary>
    /// A database per module: those elsewhere are on a server, but for Riders, which keeps its file, and modules that
    /// only another host has.
    /// </summary>
    private static async Task<DeploymentStores> StoresOfAsync(DataFolder folder, Spread spread)
    {
        var connections = new List<string>();
        var kept = DeploymentStores.Modules.Except(["riders"], StringComparer.Ordinal);
        foreach (var module in spread.Modules.Where(module => kept.Contains(module.ToLowerInvariant())))
        {
            var server = await PostgreSqlServer.SharedAsync();
            connections.Add($"{module}={await server.CreateDatabaseAsync()}");
        }
        var files = Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName;
        return DeploymentStores.Read(files, connections);
    }
}
