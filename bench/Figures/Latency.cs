using System.Diagnostics;

namespace Figures;

/// <summary>
/// How long after the commit that said an event its effect is committed in another module. Both commits are seen
/// by reading the two modules' databases from outside, over and over.
/// </summary>
internal static class Latency
{
    private const double Wanted = 20;
    private const int WarmUpRounds = 20;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Measures <paramref name="events"/> events, one at a time, in a host with nothing else to do.</summary>
    public static async Task MeasureAsync(PublishedHost published, int events)
    {
        using var data = new DataFolder();
        await using var host = RunningHost.Start(published, data.Path);
        await host.AnsweringAsync();
        var trade = await Trade.BeginAsync(host.Http);

        using var orders = new ModuleFile(data.Path, "orders");
        using var riders = new ModuleFile(data.Path, "riders");
        var said = orders.Ask("SELECT count(*) FROM outbox WHERE Key = $order");
        var head = orders.Ask("SELECT max(Position) FROM outbox");
        var cursor = riders.Ask("SELECT Position FROM cursor WHERE Stream = 'orders'");
        var requested = riders.Ask("SELECT count(*) FROM delivery WHERE OrderId = $order");
        var cancelled = riders.Ask(
            "SELECT count(*) FROM delivery WHERE OrderId = $order AND Status = 'Cancelled'"
        );

        var measured = new List<double>();
        for (var round = 0; measured.Count < events; round++)
        {
            var order = await trade.PlaceAsync();
            await IdleAsync();
            var accepting = await TimeAsync(order, () => trade.AcceptAsync(order), requested);
            await IdleAsync();
            var cancelling = await TimeAsync(order, () => trade.CancelAsync(order), cancelled);
            await IdleAsync();
            if (round >= WarmUpRounds)
                measured.AddRange([accepting, cancelling]);
        }
        Print(new Spread(measured), measured.Count);

        async Task IdleAsync()
        {
            Await(() => cursor(default) >= head(default));
            await Task.Delay(Rest);
        }

        async Task<double> TimeAsync(Guid order, Func<Task> say, Func<Guid, long> effect)
        {
            var before = said(order);
            var saying = Task.Run(say);
            Await(() => said(order) > before || saying.IsFaulted);
            var committed = Stopwatch.GetTimestamp();
            Await(() => effect(order) > 0 || saying.IsFaulted);
            var visible = Stopwatch.GetElapsedTime(committed);
            await saying;
            return visible.TotalMilliseconds;
        }
    }

    /// <summary>Looks without a rest: a timer's grain would be as long as what is measured.</summary>
    private static void Await(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException("An event had no effect.");
            Thread.Yield();
        }
    }

    private static void Print(Spread spread, int events)
    {
        var table = new Table(
            $"From an event's commit to its effect's commit in another module, {events} events, one at a time",
            "median",
            "p99",
            "min",
            "max",
            "wanted median"
        );
        table.Add(
            "milliseconds",
            $"{spread.Median:0.0}",
            $"{spread.At(0.99):0.0}",
            $"{spread.Least:0.0}",
            $"{spread.Most:0.0}",
            $"< {Wanted:0}"
        );
        table.Print();
    }
}
