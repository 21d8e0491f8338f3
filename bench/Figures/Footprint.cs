using System.Diagnostics;
using System.Globalization;
using Figures.Databases;
using Figures.Reports;

namespace Figures;

/// <summary>
/// What a process takes after an hour's worth of the simulator's traffic, sent in less than an hour: as many
/// customers, in as much less time as they come faster.
/// </summary>
internal static class Footprint
{
    private const double SecondsPerHour = 3_600;

    /// <param name="published">The host.</param>
    /// <param name="customers">How many come.</param>
    /// <param name="rate">How many each second.</param>
    /// <param name="builds">Whether the simulator is built, or taken as it was built last.</param>
    /// <param name="report">Where the figures go.</param>
    public static async Task MeasureAsync(
        PublishedHost published,
        int customers,
        int rate,
        bool builds,
        Report report
    )
    {
        await using var database = await BenchDatabase.StartAsync();
        var issuer = BenchProcess.FreeAddress();
        await using var host = RunningHost.Start(
            published,
            "Production",
            [
                "--Database:Engine=PostgreSql",
                $"--Database:ConnectionString={await database.CreateAsync()}",
                "--Database:Migrate=true",
                $"--Auth:Authority={issuer}",
                "--Auth:Audience=simulator",
                // An order that its store ignores ends the run, and is not to end it ten minutes later.
                "--Modules:Orders:AnswerWithin=00:00:30",
            ]
        );
        await host.AnsweringAsync();
        var (idle, idleHeap) = (await host.IdleMegabytesAsync(), await HeapMegabytesAsync(host));

        var perSecond = customers / SecondsPerHour;
        var lasted = Stopwatch.StartNew();
        using (var ledger = new DataFolder())
            await SimulateAsync(host, ledger.Path, issuer.Port, customers, rate, perSecond / rate, builds);
        lasted.Stop();
        var (after, afterHeap) = (await host.IdleMegabytesAsync(), await HeapMegabytesAsync(host));

        var table = new Table(
            string.Create(
                CultureInfo.InvariantCulture,
                $"One host on PostgreSQL at rest, before and after {customers} customers of the simulator: an hour's worth at {perSecond:0.#} a second, sent in {lasted.Elapsed.TotalMinutes:0} minutes"
            ),
            "started",
            "after the hour's worth"
        );
        table.Add("resident memory, MB", Table.Number(idle), Table.Number(after));
        table.Add("managed heap at the last collection, MB", Table.Number(idleHeap), Table.Number(afterHeap));
        await report.AddAsync("footprint", [table], []);
    }

    private static async Task SimulateAsync(
        RunningHost host,
        string folder,
        int issuerPort,
        int customers,
        int rate,
        double timeScale,
        bool builds
    )
    {
        using var simulator = Process.Start(
            "dotnet",
            [
                "run",
                .. builds ? [] : (string[])["--no-build"],
                "--configuration",
                "Release",
                "--project",
                Path.Combine(Repository.Root, "bench", "Simulator"),
                "--",
                "run",
                "--address",
                host.Http.BaseAddress!.ToString(),
                "--ledger",
                Path.Combine(folder, "ledger.jsonl"),
                "--issuer-port",
                issuerPort.ToString(CultureInfo.InvariantCulture),
                "--orders",
                customers.ToString(CultureInfo.InvariantCulture),
                "--rate",
                rate.ToString(CultureInfo.InvariantCulture),
                "--time-scale",
                timeScale.ToString(CultureInfo.InvariantCulture),
            ]
        );
        await simulator.WaitForExitAsync();
        if (simulator.ExitCode != 0)
            throw new InvalidOperationException("The simulator did not come to its end; see above.");
    }

    /// <summary>What the last collection left in the heaps of all generations, by the host's own account.</summary>
    private static async Task<double> HeapMegabytesAsync(RunningHost host) =>
        (await host.Http.GetStringAsync("/metrics"))
            .Split('\n')
            .Where(line =>
                line.StartsWith("dotnet_gc_last_collection_heap_size_bytes{", StringComparison.Ordinal)
            )
            .Sum(line =>
                double.Parse(line[(line.LastIndexOf('}') + 1)..].Split(' ')[1], CultureInfo.InvariantCulture)
            ) / (1024 * 1024);
}
