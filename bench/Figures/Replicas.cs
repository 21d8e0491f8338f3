using Figures.Databases;
using Figures.Reports;
using Npgsql;

namespace Figures;

/// <summary>
/// What an event loses that is said at another replica than the one that handles it: two hosts on one PostgreSQL, and
/// orders accepted at both in turns, at a steady rate. The lag is from the commit of the acceptance to the commit of the
/// delivery that Riders makes of it, as the database noted them.
/// </summary>
internal static class Replicas
{
    private const int WarmUp = 200;
    private const double Wanted = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task MeasureAsync(PublishedHost published, int events, int rate, Report report)
    {
        using var data = new DataFolder();
        await using var database = await BenchDatabase.StartAsync();
        var connection = await database.CreateAsync();
        List<string> settings =
        [
            $"--Database:Directory={data.Path}",
            "--Database:Engine=PostgreSql",
            $"--Database:ConnectionString={connection}",
        ];
        var hosts = new List<RunningHost>();
        try
        {
            for (var number = 0; number < 2; number++)
            {
                hosts.Add(RunningHost.Start(published, "Development", settings));
                await hosts[^1].AnsweringAsync();
            }
            var trade = await Trade.BeginAsync(hosts[0].Http);
            var follower = await Follower.OfAsync(hosts, await Trade.SignInAsync(hosts[0].Http, "operator"));
            var other = hosts.Single(host => host != follower);
            Trade[] sides = [trade.At(follower.Http), trade.At(other.Http)];
            await AcceptAsync(sides, Math.Min(WarmUp, events), rate);
            var accepted = await AcceptAsync(sides, events, rate);
            var lags = new List<double>[2];
            for (var side = 0; side < 2; side++)
            {
                var orders = accepted.Where((_, at) => at % 2 == side).ToArray();
                await follower.UntilAsync(
                    async () => (lags[side] = await LagsAsync(connection, orders)).Count == orders.Length,
                    Patience
                );
            }
            await ReportAsync(new Spread(lags[0]), new Spread(lags[1]), rate, events, report);
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    /// <summary>Accepts orders at both sides in turns, at a steady rate.</summary>
    private static async Task<IReadOnlyList<Guid>> AcceptAsync(Trade[] sides, int events, int rate)
    {
        var orders = new List<Guid>();
        while (orders.Count < events)
            orders.Add(await sides[0].PlaceAsync());
        var accepting = new List<Task>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        foreach (var (number, order) in orders.Index())
        {
            await pace.WaitForNextTickAsync();
            accepting.Add(sides[number % 2].AcceptAsync(order));
        }
        await Task.WhenAll(accepting);
        return orders;
    }

    /// <summary>In milliseconds, of those orders that have a delivery.</summary>
    private static async Task<List<double>> LagsAsync(string connection, Guid[] orders)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(
            """
            SELECT extract(epoch FROM pg_xact_commit_timestamp(made.xmin) - pg_xact_commit_timestamp(said.xmin)) * 1000
            FROM orders.outbox AS said
            JOIN riders.outbox AS made ON (made."Payload"::json ->> 'orderId')::uuid = said."Key"
            WHERE said."Type" = 'orders.order-accepted.v1' AND made."Type" = 'riders.delivery-requested.v1'
              AND said."Key" = ANY ($1)
            """
        );
        command.Parameters.AddWithValue(orders);
        await using var rows = await command.ExecuteReaderAsync();
        var lags = new List<double>();
        while (await rows.ReadAsync())
            lags.Add((double)rows.GetDecimal(0));
        return lags;
    }

    private static Task ReportAsync(Spread within, Spread across, int rate, int events, Report report)
    {
        var table = new Table(
            $"Lag of an event in two replicas on one PostgreSQL, {events} acceptances, {rate} a second, in milliseconds",
            "p50",
            "p99"
        );
        table.Add("said at the replica that handles it", Number(within, 0.5), Number(within, 0.99));
        table.Add("said at the other", Number(across, 0.5), Number(across, 0.99));
        table.Add(
            $"ratio, at most {Wanted:0} wanted",
            Table.Number(across.At(0.5) / within.At(0.5)),
            Table.Number(across.At(0.99) / within.At(0.99))
        );
        return report.AddAsync("replicas", [table], []);

        static string Number(Spread lags, double share) => Table.Number(lags.At(share));
    }
}
