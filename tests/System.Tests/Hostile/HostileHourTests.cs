using System.Globalization;
using System.Tests.Running;

namespace System.Tests.Hostile;

/// <summary>
/// Requests that nobody in their right mind sends, against a host of the test's own. Short here; as long as one likes
/// with <c>HOSTILE_REQUESTS</c>, again the same with <c>HOSTILE_SEED</c>, and the figures in <c>HOSTILE_REPORT</c>.
/// </summary>
public sealed class HostileHourTests(ITestOutputHelper output)
{
    private const int Short = 2_000;
    private const double MostGrowth = 1.2;

    [Theory]
    [InlineData(Engines.Sqlite)]
    [InlineData(Engines.PostgreSql)]
    public async Task Whatever_is_sent_the_answer_is_a_documented_one_and_the_host_stays_as_it_is(
        Engines engine
    )
    {
        var (requests, seed) = (
            Setting("HOSTILE_REQUESTS", Short),
            Setting("HOSTILE_SEED", Environment.TickCount)
        );
        using var deployment = await Deployment.OnAsync(engine);
        await using var host = await HostProcess.StartAsync(
            deployment,
            "--Auth:TokenRequestsPerMinute=1000000"
        );
        await host.IsReadyAsync();
        var cast = await Cast.AssembleAsync(host);
        using var barrage = new Barrage(
            host,
            new Armoury(await Operation.ReadAsync(host.Api), cast, seed),
            requests
        );

        var told = await barrage.RunAsync($"{engine}", seed);

        output.WriteLine(told);
        if (Environment.GetEnvironmentVariable("HOSTILE_REPORT") is { Length: > 0 } report)
            await File.AppendAllTextAsync(report, told + "\n\n");
        barrage.Findings.ShouldBeEmpty(told);
        if (requests >= 100_000)
            barrage.Growth.ShouldBeLessThan(MostGrowth, told);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
