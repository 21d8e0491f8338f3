using System.Globalization;
using System.Text.Json;
using Figures.Databases;
using Figures.Reports;

namespace Figures.Events;

/// <summary>How fast events have their effects, beside Wolverine's own durable local queues doing the same work.</summary>
internal static class DeliveryBench
{
    private const string Parallel = "10";

    public static async Task MeasureAsync(Sizes sizes, Report report)
    {
        await using var database = await BenchDatabase.StartAsync();
        await using var ours = await BenchProcess.StartAsync(
            "platform",
            await database.CreateAsync(),
            "3",
            "0"
        );
        await using var peer = await BenchProcess.StartAsync("peer", await database.CreateAsync(), Parallel);
        foreach (var contender in (BenchProcess[])[ours, peer])
        {
            await AskAsync(contender, "flat", sizes.Seconds);
            await AskAsync(contender, "backlog", sizes.Backlog / 10);
        }

        var (backlogs, flats, lags) = (new Rounds(), new Rounds(), new Rounds());
        for (var round = 0; round < sizes.Rounds; round++)
        {
            await MeasureAsync(backlogs, "backlog", sizes.Backlog);
            await MeasureAsync(flats, "flat", sizes.Seconds);
            await MeasureAsync(lags, "lag", sizes.Seconds);
        }
        await report.AddAsync("delivery", Tables(sizes, backlogs, flats, lags), Plots(backlogs, flats, lags));

        async Task MeasureAsync(Rounds rounds, string task, int size)
        {
            rounds.Ours.Add(await AskAsync(ours, task, size));
            rounds.Peers.Add(await AskAsync(peer, task, size));
        }
    }

    public static async Task<Measured> AskAsync(
        BenchProcess contender,
        string task,
        params IEnumerable<int> sizes
    ) =>
        JsonSerializer.Deserialize<Measured>(
            await contender.AskAsync(
                string.Create(CultureInfo.InvariantCulture, $"{task} {string.Join(' ', sizes)}")
            )
        )!;

    private static List<Table> Tables(Sizes sizes, Rounds backlogs, Rounds flats, Rounds lags)
    {
        var table = new Table(
            $"Two listeners that each write a row, medians of {sizes.Rounds} alternating rounds",
            "platform",
            "Wolverine's durable queues",
            "ratio",
            "wanted"
        );
        Add($"backlog of {sizes.Backlog}, events/s", backlogs, one => one.PerSecond, "≥ 5");
        Add("selling flat out, effects/s", flats, one => 2 * one.PerSecond, "≥ 2.5");
        Add("backlog gone after the load's end, s", flats, one => one.DrainSeconds, "platform < 1");
        Add("lag at 200 sales/s, p50, ms", lags, one => one.LagP50, "≤ 1");
        Add("lag at 200 sales/s, p99, ms", lags, one => one.LagP99, "≤ 1");
        return [table];

        void Add(string name, Rounds rounds, Func<Measured, double> figure, string wanted) =>
            table.Add(
                name,
                Table.Number(Rounds.Median(rounds.Ours, figure)),
                Table.Number(Rounds.Median(rounds.Peers, figure)),
                Table.Number(rounds.Ratio(figure)),
                wanted
            );
    }

    private static List<Plot> Plots(Rounds backlogs, Rounds flats, Rounds lags)
    {
        var backlog = new Plot(
            "delivery-backlog",
            "Clearing a backlog",
            "events per second, two effects each"
        );
        Add(backlog, backlogs, one => one.PerSecond);
        backlog.Mark("wanted", 5 * Rounds.Median(backlogs.Peers, one => one.PerSecond));
        var flat = new Plot("delivery-flat-out", "Delivering while selling flat out", "effects per second");
        Add(flat, flats, one => 2 * one.PerSecond);
        flat.Mark("wanted", 2.5 * Rounds.Median(flats.Peers, one => 2 * one.PerSecond));
        var lag = new Plot(
            "delivery-lag",
            "From commit to effect at 200 sales per second",
            "milliseconds, 99 of 100 at most"
        );
        Add(lag, lags, one => one.LagP99);
        return [backlog, flat, lag];

        void Add(Plot plot, Rounds rounds, Func<Measured, double> figure)
        {
            plot.Add("platform", Rounds.Median(rounds.Ours, figure));
            plot.Add("Wolverine's durable queues", Rounds.Median(rounds.Peers, figure), isOurs: false);
        }
    }

    private sealed class Rounds
    {
        public List<Measured> Ours { get; } = [];

        public List<Measured> Peers { get; } = [];

        public static double Median(IEnumerable<Measured> rounds, Func<Measured, double> figure) =>
            new Spread(rounds.Select(figure)).Median;

        /// <summary>The median of each round's ratio.</summary>
        public double Ratio(Func<Measured, double> figure) =>
            new Spread(Ours.Zip(Peers, (mine, theirs) => figure(mine) / figure(theirs))).Median;
    }
}
