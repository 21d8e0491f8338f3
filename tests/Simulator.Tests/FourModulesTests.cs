using Platform.Testing;
using Simulator.Checking;
using Simulator.Databases;
using Simulator.Deployments;
using Simulator.Ledgers;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>
/// A fourth module handles events which the others handle too: wherever the four run, the books of all are kept, the
/// fourth's as well. <c>MONOLITH_PLACEMENT</c> names which of them are elsewhere, and <c>scripts/placements</c> goes
/// through all.
/// </summary>
[Collection(WholeDeployments.Name)]
public sealed class FourModulesTests
{
    public static TheoryData<string> Placements =>
        Environment.GetEnvironmentVariable("MONOLITH_PLACEMENT") is { } named ? [named] : ["Reviews,Echoes"];

    [Theory]
    [Trait("Fault", "G1")]
    [MemberData(nameof(Placements))]
    public async Task A_day_of_four_modules_is_clean_wherever_they_run(string elsewhere)
    {
        var host = HostWithEchoes.Build;
        var modules = Spread.ModulesOf(elsewhere, host);
        SkipTestException.ThrowIf(
            modules.Count == 0 || RabbitMqServer.IsThere ? null : RabbitMqServer.Missing
        );
        using var folder = new DataFolder();
        await using var rabbit = modules.Count == 0 ? null : await RabbitMqServer.StartAsync();
        var spread = rabbit is null ? null : new Spread(modules, rabbit.ConnectionString) { Host = host };
        var databases = DeploymentStores.Read(
            Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName,
            connections: [],
            [.. DeploymentStores.Modules, HostWithEchoes.Fourth]
        );
        var stop = TestContext.Current.CancellationToken;

        var day = await ShortDay.PassAsync(folder.Path, databases, spread, stop, host);

        var evidence = await Evidence.GatherAsync(
            Ledger.Read(ShortDay.LedgerFile(folder.Path)),
            databases,
            stop
        );
        Checker.Check(evidence).Findings.ShouldBeEmpty();
        day.ShouldBe(new ShortDay(Closed: true, LeftOver: null, ShortDay.Orders));
        var said = HostWithEchoes.Said(evidence);
        said.ShouldNotBeEmpty();
        (await HostWithEchoes.NotedAsync(databases, stop)).ShouldBe(said);
    }
}
