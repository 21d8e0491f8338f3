using System.Globalization;
using Figures.Databases;
using Figures.Placing;
using Figures.Reports;
using Simulator.Identity;

namespace Figures.Events;

/// <summary>What placing, selling and delivering cost when much is stored, and the last two when many modules are there.</summary>
internal static class GrowthBench
{
    private const string FewModules = "3";
    private const string FewStored = "1000";
    private const double Wanted = 1.2;

    public static async Task MeasureAsync(PublishedHost published, Sizes sizes, Report report)
    {
        var (many, modules) = (
            sizes.Stored.ToString(CultureInfo.InvariantCulture),
            sizes.Modules.ToString(CultureInfo.InvariantCulture)
        );
        var placing = await PlacingAsync(published, sizes);
        await using var database = await BenchDatabase.StartAsync();
        await using var small = await StartAsync(database, FewModules, FewStored);
        await using var full = await StartAsync(database, FewModules, many);
        await using var wide = await StartAsync(database, modules, FewStored);
        BenchProcess[] contenders = [small, full, wide];
        foreach (var contender in contenders)
        {
            await DeliveryBench.AskAsync(contender, "flat", sizes.Seconds);
            await DeliveryBench.AskAsync(contender, "backlog", sizes.Backlog / 10);
        }

        var sold = contenders.Select(_ => new List<double>()).ToList();
        var delivered = contenders.Select(_ => new List<double>()).ToList();
        for (var round = 0; round < sizes.Rounds; round++)
        {
            foreach (var (index, contender) in contenders.Index())
                sold[index].Add((await DeliveryBench.AskAsync(contender, "flat", sizes.Seconds)).PerSecond);
            foreach (var (index, contender) in contenders.Index())
                delivered[index]
                    .Add((await DeliveryBench.AskAsync(contender, "backlog", sizes.Backlog)).PerSecond);
        }

        var table = new Table(
            $"Cost beside that of {FewModules} modules and {FewStored} orders or sales stored, medians of {sizes.Rounds} rounds in turns",
            "placing",
            "selling and delivering",
            "delivering a backlog",
            "wanted"
        );
        var plot = new Plot(
            "growth",
            "Cost of delivering a backlog",
            "1 is that of few modules and few sales stored"
        );
        Add($"{many} stored", Table.Number(placing), 1);
        Add($"{modules} modules", "", 2);
        plot.Mark("wanted at most", Wanted);
        await report.AddAsync("growth", [table], [plot]);

        void Add(string name, string ofPlacing, int index)
        {
            var cost = Cost(delivered, index);
            table.Add(name, ofPlacing, Table.Number(Cost(sold, index)), Table.Number(cost), $"≤ {Wanted}");
            plot.Add(name, cost);
        }
    }

    /// <summary>What placing an order in the whole host costs when so many are stored, beside what it costs with few.</summary>
    private static async Task<double> PlacingAsync(PublishedHost published, Sizes sizes)
    {
        await using var database = await BenchDatabase.StartAsync();
        await using var issuer = await TokenIssuer.StartAsync(keyFile: null, port: 0, TimeProvider.System);
        await using var small = await DeployAsync(int.Parse(FewStored, CultureInfo.InvariantCulture));
        await using var full = await DeployAsync(sizes.Stored);
        var (few, many) = await PlacingBench.AlternateAsync(
            small.LoadOf(small.Host.Http.BaseAddress!),
            full.LoadOf(full.Host.Http.BaseAddress!),
            sizes
        );
        return new Spread(few.Zip(many, (first, other) => first.PerSecond / other.PerSecond)).Median;

        async Task<OrdersDeployment> DeployAsync(int stored)
        {
            var connectionString = await database.CreateAsync();
            var orders = await OrdersDeployment.StartAsync(
                published,
                connectionString,
                issuer,
                PlacingBench.Connections
            );
            await StoredOrders.AddAsync(connectionString, stored);
            return orders;
        }
    }

    /// <summary>The median of each round's ratio to the first contender.</summary>
    private static double Cost(List<List<double>> rates, int index) =>
        new Spread(rates[0].Zip(rates[index], (first, other) => first / other)).Median;

    private static async Task<BenchProcess> StartAsync(
        BenchDatabase database,
        string modules,
        string stored
    ) => await BenchProcess.StartAsync("platform", await database.CreateAsync(), modules, stored);
}
