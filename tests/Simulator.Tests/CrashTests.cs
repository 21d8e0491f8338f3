using Platform.Testing;
using Simulator.Crashing;
using Simulator.People;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>
/// The short form of <c>simulator crash</c>: two replicas under traffic, one disaster of each kind. Nothing that was
/// acknowledged is lost, doubled or out of order, and all of it comes to its end.
/// </summary>
[Collection(WholeDeployments.Name)]
public sealed class CrashTests
{
    private const int Seed = 21;

    [Fact]
    public async Task Killed_frozen_and_out_of_disk_on_SQLite_the_ledger_is_clean()
    {
        using var folder = new DataFolder();
        await using var scene = Scene.OnSqlite(folder.Path, megabytes: 128, Console.Out);

        await IsCleanAsync(folder, scene);
    }

    [Fact]
    public async Task Killed_frozen_and_without_its_server_on_PostgreSQL_the_ledger_is_clean()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        using var folder = new DataFolder();
        await using var scene = await Scene.OnPostgreSqlAsync();

        await IsCleanAsync(folder, scene);
    }

    [Fact]
    public async Task With_one_of_three_replicas_killed_every_few_seconds_the_ledger_is_clean()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        using var folder = new DataFolder();
        await using var scene = await Scene.OnPostgreSqlAsync();

        var story = await IsCleanAsync(folder, scene, replicas: 3, killEvery: TimeSpan.FromSeconds(3));

        story.ShouldContain("kill -9 of replica");
        story.ShouldNotContain("PostgreSQL");
    }

    [Fact]
    public async Task With_a_module_elsewhere_killed_its_broker_killed_and_both_killed_between_two_steps_the_ledger_is_clean()
    {
        if (!RabbitMqServer.CanBeStarted)
        {
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", RabbitMqServer.Missing);
            Assert.Skip(RabbitMqServer.Missing);
        }
        using var folder = new DataFolder();
        await using var scene = await Scene.OfSpreadAsync(folder.Path, ["Reviews"], onPostgreSql: false);

        var story = await IsCleanAsync(folder, scene, replicas: 1);

        story.ShouldContain("between publishing and its commit");
        story.ShouldContain("Reviews was killed between its commit and the acknowledgement");
        story.ShouldNotContain("nobody came");
    }

    private static async Task<string> IsCleanAsync(
        DataFolder folder,
        Scene scene,
        int replicas = 2,
        TimeSpan? killEvery = null
    )
    {
        var story = new StringWriter();
        var plan = new CrashPlan
        {
            Folder = folder.Path,
            Replicas = replicas,
            KillEvery = killEvery,
            Spread = scene.Spread,
            Traffic = new TrafficPlan
            {
                Run = "short crash",
                Seed = Seed,
                Rate = 2,
                Customers = 40,
                Stores = 3,
                TimeScale = 0.5,
                CloseWithin = TimeSpan.FromMinutes(4),
            },
            Disasters = scene.Disasters.Count,
            Peace = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)),
        };

        var outcome = await new CrashTest(
            plan,
            scene.Databases,
            scene.Disasters,
            story,
            TimeProvider.System
        ).RunAsync(TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"{story}");
        outcome.Verdict.Findings.ShouldBeEmpty($"{story}");
        outcome.LeftOpen.ShouldBeNull($"{story}");
        outcome.Disasters.ShouldBe(scene.Disasters.Count);
        outcome.Unanswered.ShouldBeGreaterThan(0);
        outcome.FailedOrders.ShouldBe(0, $"{story}");
        outcome
            .Verdict.Rules.Where(rule => rule.Compared == 0)
            .Select(rule => rule.Name)
            .ShouldBeEmpty($"{story}");
        return $"{story}";
    }
}
