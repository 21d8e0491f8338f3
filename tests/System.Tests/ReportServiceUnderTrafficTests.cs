using System.Diagnostics;
using System.Globalization;
using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// The figure that the report service is held to: after an hour's worth of the simulator's traffic with five
/// <c>kill -9</c> it tells what a query over the modules' databases tells. Here the hour is short; <c>REPORT_MINUTES=60</c>
/// makes it one, and <c>REPORT_RATE</c> has more people come in less time.
/// </summary>
public sealed class ReportServiceUnderTrafficTests(ITestOutputHelper output)
{
    private const int Kills = 5;

    /// <summary>For how long customers come.</summary>
    private const string Minutes = "REPORT_MINUTES";

    /// <summary>How many of them come each second.</summary>
    private const string Rate = "REPORT_RATE";

    /// <summary>So that the last order comes to its end soon after the traffic does.</summary>
    private static readonly string[] ShortTimes =
    [
        "--Modules:Orders:AnswerWithin=00:00:10",
        "--Modules:Orders:ReleaseRetry=00:00:00.5",
        "--Modules:Orders:UnknownAuthorisationWait=00:00:05",
        "--Modules:Riders:SweepEvery=00:00:00.2",
        "--Modules:Riders:Dispatch:OfferLifetime=00:00:04",
        "--Modules:Riders:Dispatch:RoundLastsAtLeast=00:00:02",
        "--Modules:Riders:Dispatch:SearchAgainAfter=00:00:00.5",
    ];

    [Fact]
    public async Task Killed_five_times_under_the_simulators_traffic_its_figures_equal_the_modules_books()
    {
        var duration = Environment.GetEnvironmentVariable(Minutes) is { Length: > 0 } minutes
            ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))
            : TimeSpan.FromSeconds(20);
        using var scene = await ReportScene.OnAsync(await RabbitMq.ConnectionStringAsync());
        var issuerPort = SpreadDeployment.FreePort();
        await using var host = await scene.StartHostAsync([
            $"--Auth:Authority=http://127.0.0.1:{issuerPort}/",
            "--Auth:Audience=simulator",
            "--Logging:LogLevel:Default=Warning",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
            .. ShortTimes,
        ]);
        await host.IsReadyAsync();
        var service = await scene.StartServiceAsync();
        try
        {
            var traffic = SendTrafficAsync(host, scene, issuerPort, duration);
            using (var kills = new PeriodicTimer(duration / (Kills + 1)))
            {
                for (var kill = 1; kill <= Kills && await kills.WaitForNextTickAsync(); kill++)
                {
                    await service.DisposeAsync();
                    service = await scene.StartServiceAsync();
                }
            }
            await traffic;

            var told = await scene.AgreesAsync(service);

            foreach (var figures in told)
                output.WriteLine($"{figures}");
            told.Sum(figures => figures.Delivered).ShouldBeGreaterThan(0);
            told.Sum(figures => figures.Reviews).ShouldBeGreaterThan(0);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    private async Task SendTrafficAsync(
        HostProcess host,
        ReportScene scene,
        int issuerPort,
        TimeSpan duration
    )
    {
        string[] arguments =
        [
            Repository.SimulatorAssembly,
            "run",
            $"--address={host.Api.Address}",
            $"--ledger={Path.Combine(scene.FolderOfHost, "ledger.jsonl")}",
            $"--issuer-port={issuerPort}",
            $"--duration={duration:c}",
            $"--rate={Environment.GetEnvironmentVariable(Rate) ?? "4"}",
            "--seed=7",
        ];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var simulator = Process.Start(start)!;
        try
        {
            var (said, complained) = (
                simulator.StandardOutput.ReadToEndAsync(),
                simulator.StandardError.ReadToEndAsync()
            );
            output.WriteLine(await said);
            output.WriteLine(await complained);
            await simulator.WaitForExitAsync();
            simulator.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!simulator.HasExited)
                simulator.Kill(entireProcessTree: true);
        }
    }
}
