using System.Globalization;
using Figures.Databases;
using Figures.Reports;

namespace Figures;

/// <summary>
/// How long events wait when the replica that handles them is killed: from <c>kill -9</c> of the one of two hosts
/// that follows Orders for Riders, to the effect of the next event, which the other one handles. Then a new host
/// takes the dead one's place.
/// </summary>
internal static class Failover
{
    private const double Wanted = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task MeasureAsync(PublishedHost published, int kills, bool onSqlite, Report report)
    {
        using var data = new DataFolder();
        await using var database = onSqlite ? null : await BenchDatabase.StartAsync();
        List<string> settings = [$"--Database:Directory={data.Path}"];
        if (database is not null)
        {
            settings.Add("--Database:Engine=PostgreSql");
            settings.Add($"--Database:ConnectionString={await database.CreateAsync()}");
        }

        var hosts = new List<RunningHost>();
        var seconds = new List<double>();
        try
        {
            await AddAsync();
            var trade = await Trade.BeginAsync(hosts[0].Http);
            var operatorToken = await Trade.SignInAsync(hosts[0].Http, "operator");
            await AddAsync();
            // The way an order takes is compiled in both before it counts.
            foreach (var host in hosts)
                await TellAsync(trade.At(host.Http), host, await trade.At(host.Http).PlaceAsync());
            while (seconds.Count < kills)
            {
                var holder = await Follower.OfAsync(hosts, operatorToken);
                var other = hosts.Single(host => host != holder);
                var there = trade.At(other.Http);
                var order = await there.PlaceAsync();

                hosts.Remove(holder);
                await holder.KillAsync();
                var killed = other.SinceStart;
                await TellAsync(there, other, order);
                seconds.Add((other.SinceStart - killed).TotalSeconds);
                await AddAsync();
            }
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
        await ReportAsync(seconds, onSqlite ? "SQLite" : "PostgreSQL", report);

        async Task AddAsync()
        {
            var host = RunningHost.Start(published, "Development", settings);
            hosts.Add(host);
            await host.AnsweringAsync();
        }
    }

    /// <summary>Accepts the order, and returns when Riders has made its delivery.</summary>
    private static async Task TellAsync(Trade trade, RunningHost host, Guid order)
    {
        await trade.AcceptAsync(order);
        await host.UntilAsync(() => trade.HasDeliveryAsync(order), Patience);
    }

    private static Task ReportAsync(IReadOnlyList<double> seconds, string engine, Report report)
    {
        var spread = new Spread(seconds);
        var table = new Table(
            $"From kill -9 of the replica that follows a stream to the next event's effect, by the other, {seconds.Count} kills, on {engine}",
            "median",
            "min",
            "max",
            "wanted"
        );
        table.Add(
            "seconds",
            Table.Number(spread.Median),
            Table.Number(spread.Least),
            Table.Number(spread.Most),
            string.Create(CultureInfo.InvariantCulture, $"< {Wanted:0}")
        );
        return report.AddAsync("failover", [table], []);
    }
}
