using System.Diagnostics;
using System.Tests.Running;

namespace System.Tests;

/// <summary>The benchmarks still measure what they promise, at sizes whose figures mean nothing.</summary>
public sealed class FiguresTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Placing_and_delivery_are_measured_against_their_peers()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);

        var printed = await MeasureAsync("placing", "delivery", "replicas");

        printed.ShouldContain("| platform / limit |");
        printed.ShouldContain("| backlog of 60, events/s |");
        printed.ShouldContain("| lag at 200 sales/s, p99, ms |");
        printed.ShouldContain("| said at the other |");
    }

    private async Task<string> MeasureAsync(params IEnumerable<string> measurements)
    {
        string[] sizes =
        [
            "--rounds",
            "1",
            "--seconds",
            "1",
            "--warm-up",
            "40",
            "--backlog",
            "60",
            "--acceptances",
            "20",
        ];
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Repository.FiguresAssembly,
                .. measurements,
                .. sizes,
                "--host",
                Path.GetDirectoryName(Repository.HostAssembly)!,
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var figures = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var (said, complained) = (
                figures.StandardOutput.ReadToEndAsync(patience.Token),
                figures.StandardError.ReadToEndAsync(patience.Token)
            );
            output.WriteLine(await said);
            output.WriteLine(await complained);
            await figures.WaitForExitAsync(patience.Token);
            figures.ExitCode.ShouldBe(0);
            return await said;
        }
        finally
        {
            if (!figures.HasExited)
                figures.Kill(entireProcessTree: true);
        }
    }
}
