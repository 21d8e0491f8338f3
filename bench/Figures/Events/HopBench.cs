using Confluent.Kafka;
using Figures.Databases;
using Figures.Reports;
using Platform.Testing;

namespace Figures.Events;

/// <summary>
/// What it costs an event to leave the process: the lag from its commit to its effects' with the listeners beside the
/// seller, and with them in a process of their own, over each broker.
/// </summary>
internal static class HopBench
{
    /// <summary>Few enough that nothing queues: the hop is to be measured, not the machine.</summary>
    private const int SalesPerSecond = 50;

    private const int Most = 10;

    public static async Task MeasureAsync(Sizes sizes, Report report)
    {
        await using var database = await BenchDatabase.StartAsync();
        await using var rabbit = await RabbitMqServer.StartAsync();
        using var kafka = StartMock();
        await using var near = await BenchProcess.StartAsync(
            "platform",
            await database.CreateAsync(),
            "3",
            "0"
        );
        await using var overRabbit = await StartAsync(database, "RabbitMq", rabbit.ConnectionString);
        await using var overKafka = await StartAsync(database, "Kafka", AddressOf(kafka));

        (string Name, BenchProcess Seller, List<Measured> Rounds)[] ways =
        [
            ("in process", near, []),
            ("RabbitMQ", overRabbit.Seller, []),
            ("Kafka's mock", overKafka.Seller, []),
        ];
        foreach (var way in ways)
            await AskAsync(way.Seller, sizes.Seconds);
        for (var round = 0; round < sizes.Rounds; round++)
        {
            foreach (var way in ways)
                way.Rounds.Add(await AskAsync(way.Seller, sizes.Seconds));
        }

        var table = new Table(
            $"From commit to effect at {SalesPerSecond} sales per second, two listeners, medians of {sizes.Rounds} rounds in turns",
            [.. ways.Select(way => way.Name), "RabbitMQ adds", "wanted"]
        );
        Add("p50, ms", one => one.LagP50, $"≤ {Most}");
        Add("p99, ms", one => one.LagP99, "");
        await report.AddAsync("hop", [table], []);

        void Add(string name, Func<Measured, double> figure, string wanted)
        {
            var medians = ways.Select(way => new Spread(way.Rounds.Select(figure)).Median).ToList();
            table.Add(name, [.. medians.Select(Table.Number), Table.Number(medians[1] - medians[0]), wanted]);
        }
    }

    private static Task<Measured> AskAsync(BenchProcess seller, int seconds) =>
        DeliveryBench.AskAsync(seller, "lag", seconds, SalesPerSecond);

    private static async Task<Sides> StartAsync(BenchDatabase database, string kind, string broker)
    {
        var (connection, prefix) = (
            await database.CreateAsync(),
            $"hop-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}"
        );
        var seller = await BenchProcess.StartAsync("hop", "seller", connection, kind, broker, prefix);
        try
        {
            return new Sides(
                seller,
                await BenchProcess.StartAsync("hop", "listeners", connection, kind, broker, prefix)
            );
        }
        catch
        {
            await seller.DisposeAsync();
            throw;
        }
    }

    /// <summary>The cluster that Kafka's client brings along; it lives as long as this producer.</summary>
    private static IProducer<Null, Null> StartMock()
    {
        var mock = new ProducerConfig { BootstrapServers = "mock" };
        mock.Set("test.mock.num.brokers", "1");
        return new ProducerBuilder<Null, Null>(mock).SetLogHandler((_, _) => { }).Build();
    }

    private static string AddressOf(IProducer<Null, Null> mock)
    {
        using var admin = new DependentAdminClientBuilder(mock.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(30)).Brokers.Single();
        return $"{broker.Host}:{broker.Port}";
    }

    private sealed record Sides(BenchProcess Seller, BenchProcess Listeners) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Listeners.DisposeAsync();
            await Seller.DisposeAsync();
        }
    }
}
