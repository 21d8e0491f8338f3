using Figures.Databases;
using Figures.Reports;

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
            foreach (var order in accepted)
                await follower.UntilAsync(() => sides[0].HasDeliveryAsync(order), Patience);
            await ReportAsync(
                await LagAsync(connection, accepted.Where((_, at) => at % 2 == 0)),
                await LagAsync(connection, accepted.Where((_, at) => at % 2 == 1)),
                rate,
                events,
                report
            );
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

    /// <summary>In milliseconds, of half of the orders and of 99 of 100 at the most.</summary>
    private static async Task<(double P50, double P99)> LagAsync(string connection, IEnumerable<Guid> orders)
    {
        var row = await Sql.RowAsync(
            connection,
            $$"""
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY lag)::float8 AS p50,
                   percentile_cont(0.99) WITHIN GROUP (ORDER BY lag)::float8 AS p99
            FROM (
                SELECT 1000 * extract(epoch FROM pg_xact_commit_timestamp(made.xmin) - pg_xact_commit_timestamp(said.xmin)) AS lag
                FROM orders.outbox AS said
                JOIN riders.outbox AS made ON (made."Payload"::json ->> 'orderId')::uuid = said."Key"
                WHERE said."Type" = 'orders.order-accepted.v1' AND made."Type" = 'riders.delivery-requested.v1'
                  AND said."Key" = ANY ('{{{string.Join(',', orders)}}}')
            ) AS lags
            """
        );
        return ((double)row["p50"], (double)row["p99"]);
    }

    private static Task ReportAsync(
        (double P50, double P99) within,
        (double P50, double P99) across,
        int rate,
        int events,
        Report report
    )
    {
        var table = new Table(
            $"Lag of an event in two replicas on one PostgreSQL, {events} acceptances, {rate} a second, in milliseconds",
            "p50",
            "p99"
        );
        Add("said at the replica that handles it", within);
        Add("said at the other", across);
        Add($"ratio, at most {Wanted:0} wanted", (across.P50 / within.P50, across.P99 / within.P99));
        return report.AddAsync("replicas", [table], []);

        void Add(string name, (double P50, double P99) lag) =>
            table.Add(name, Table.Number(lag.P50), Table.Number(lag.P99));
    }
}
