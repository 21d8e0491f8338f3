using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Figures.Databases;

namespace Figures.Events;

/// <summary>A contender in a process of its own, which is told what to do line by line.</summary>
internal static class ContenderProcess
{
    private const int Sellers = 32;
    private const int SalesPerSecond = 200;
    private const string Backlog = "backlog";
    private const string Flat = "flat";

    public static async Task ServeAsync(string connectionString, Func<Task<IContender>> start)
    {
        await using var contender = await start();
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var number = int.Parse(words[1], CultureInfo.InvariantCulture);
            Measured measured = words[0] switch
            {
                Backlog => await ClearBacklogAsync(contender, number),
                Flat => await SellFlatOutAsync(contender, TimeSpan.FromSeconds(number)),
                _ => await SellSteadilyAsync(
                    contender,
                    TimeSpan.FromSeconds(number),
                    words is [_, _, var rate]
                        ? int.Parse(rate, CultureInfo.InvariantCulture)
                        : SalesPerSecond,
                    connectionString
                ),
            };
            Console.WriteLine($"done {JsonSerializer.Serialize(measured)}");
        }
    }

    private static async Task<Measured> ClearBacklogAsync(IContender contender, int events)
    {
        await contender.StoreBacklogAsync(events);
        var began = Stopwatch.GetTimestamp();
        await contender.ReleaseBacklogAsync();
        await contender.HandledAsync();
        return new Measured(events, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<Measured> SellFlatOutAsync(IContender contender, TimeSpan length)
    {
        var began = Stopwatch.GetTimestamp();
        var sold = await Task.WhenAll(
            Enumerable.Range(0, Sellers).Select(_ => Task.Run(() => SellAsync(contender, began, length)))
        );
        var ended = Stopwatch.GetTimestamp();
        await contender.HandledAsync();
        return new Measured(sold.Sum(), Stopwatch.GetElapsedTime(began).TotalSeconds)
        {
            DrainSeconds = Stopwatch.GetElapsedTime(ended).TotalSeconds,
        };
    }

    private static async Task<int> SellAsync(IContender contender, long began, TimeSpan length)
    {
        var sold = 0;
        for (; Stopwatch.GetElapsedTime(began) < length; sold++)
            await contender.MakeSaleAsync();
        return sold;
    }

    /// <summary>Sells at a steady rate, whatever the answers take, and asks the server when what was committed.</summary>
    private static async Task<Measured> SellSteadilyAsync(
        IContender contender,
        TimeSpan length,
        int salesPerSecond,
        string connectionString
    )
    {
        var since = TimeProvider.System.GetUtcNow();
        var began = Stopwatch.GetTimestamp();
        var sales = (int)(salesPerSecond * length.TotalSeconds);
        var selling = new List<Task>();
        while (selling.Count < sales)
        {
            var due = (int)(salesPerSecond * Stopwatch.GetElapsedTime(began).TotalSeconds);
            while (selling.Count < Math.Min(due, sales))
                selling.Add(Task.Run(contender.MakeSaleAsync));
            await Task.Delay(1);
        }
        await Task.WhenAll(selling);
        await contender.HandledAsync();

        var (table, effects) = contender.Tables;
        var lags = effects.Select(effect =>
            $"""
                SELECT 1000 * extract(epoch FROM pg_xact_commit_timestamp(effect.xmin) - pg_xact_commit_timestamp(sale.xmin)) AS lag
                FROM {table} AS sale JOIN {effect} AS effect ON effect."Id" = sale."Id"
                WHERE sale."MadeAt" >= '{since:O}'
                """
        );
        var row = await Sql.RowAsync(
            connectionString,
            $"""
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY lag)::float8 AS p50,
                   percentile_cont(0.99) WITHIN GROUP (ORDER BY lag)::float8 AS p99
            FROM ({string.Join(" UNION ALL ", lags)}) AS lags
            """
        );
        return new Measured(sales, Stopwatch.GetElapsedTime(began).TotalSeconds)
        {
            LagP50 = (double)row["p50"],
            LagP99 = (double)row["p99"],
        };
    }
}

/// <summary>What a contender did.</summary>
/// <param name="Events">Events that had both effects.</param>
/// <param name="Seconds">From the first event to the last effect.</param>
internal sealed record Measured(int Events, double Seconds)
{
    /// <summary>From the last event to the last effect, when selling flat out.</summary>
    public double DrainSeconds { get; init; }

    /// <summary>Milliseconds from an event's commit to an effect's, half of them at most.</summary>
    public double LagP50 { get; init; }

    /// <summary>Milliseconds from an event's commit to an effect's, 99 of 100 at most.</summary>
    public double LagP99 { get; init; }

    public double PerSecond => Events / Seconds;
}
