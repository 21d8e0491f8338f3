using Figures.Databases;
using Figures.Reports;
using Simulator.Identity;

namespace Figures.Placing;

/// <summary>How many orders a second are placed, and what share of the limit that is.</summary>
internal static class PlacingBench
{
    private const double Wanted = 0.5;
    public const int Connections = 32;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    public static async Task MeasureAsync(PublishedHost published, Sizes sizes, Report report)
    {
        await using var database = await BenchDatabase.StartAsync();
        await using var issuer = await TokenIssuer.StartAsync(keyFile: null, port: 0, TimeProvider.System);
        var connectionString = await database.CreateAsync();
        await using var orders = await OrdersDeployment.StartAsync(
            published,
            connectionString,
            issuer,
            Connections
        );
        await Limit.CreateTablesAsync(connectionString);
        var address = BenchProcess.FreeAddress();
        await using var limit = await BenchProcess.StartAsync("limit", connectionString, address.ToString());

        var (ours, bare) = await AlternateAsync(
            orders.LoadOf(orders.Host.Http.BaseAddress!),
            orders.LoadOf(address),
            sizes
        );
        var shares = new Spread(ours.Zip(bare, (mine, most) => mine.PerSecond / most.PerSecond));

        var table = new Table(
            $"Orders placed over {Connections} connections, {sizes.Rounds} rounds of {sizes.Seconds} s each, alternating",
            "orders/s",
            "p50, ms",
            "p99, ms"
        );
        Add(table, "platform", ours);
        Add(table, "limit", bare);
        var ratio = new Table("Placing, share of the limit", "median", "min", "max", "wanted");
        ratio.Add(
            "platform / limit",
            Table.Number(shares.Median),
            Table.Number(shares.Least),
            Table.Number(shares.Most),
            $"≥ {Wanted}"
        );
        var plot = new Plot("placing", "Placing orders", "orders per second, median of the rounds");
        plot.Add("platform", MedianRate(ours));
        plot.Add("limit", MedianRate(bare), isOurs: false);
        plot.Mark("wanted", MedianRate(bare) * Wanted);
        await report.AddAsync("placing", [table, ratio], [plot]);
    }

    /// <summary>Loads one, then the other, and so on, after some orders that do not count: code is compiled anew when it is found to run often.</summary>
    public static async Task<(IReadOnlyList<Spell> First, IReadOnlyList<Spell> Second)> AlternateAsync(
        Load first,
        Load second,
        Sizes sizes
    )
    {
        var spell = TimeSpan.FromSeconds(sizes.Seconds);
        await first.RunAsync(Timeout, sizes.WarmUp);
        await second.RunAsync(Timeout, sizes.WarmUp);
        var (ofFirst, ofSecond) = (new List<Spell>(), new List<Spell>());
        for (var round = 0; round < sizes.Rounds; round++)
        {
            ofFirst.Add(await first.RunAsync(spell));
            ofSecond.Add(await second.RunAsync(spell));
        }
        return (ofFirst, ofSecond);
    }

    public static double MedianRate(IEnumerable<Spell> spells) =>
        new Spread(spells.Select(spell => spell.PerSecond)).Median;

    private static void Add(Table table, string name, IReadOnlyList<Spell> spells)
    {
        var times = new Spread(spells.SelectMany(spell => spell.Milliseconds));
        table.Add(
            name,
            Table.Number(MedianRate(spells)),
            Table.Number(times.Median),
            Table.Number(times.At(0.99))
        );
    }
}
