using Figures.Reports;

namespace Figures;

/// <summary>How soon a new process is of use, and what it takes while nobody uses it.</summary>
internal static class StartUp
{
    private const double WantedFirstAnswer = 2_000;
    private const double WantedFirstEvent = 3_000;
    private const double WantedMegabytes = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task MeasureAsync(PublishedHost published, int runs, Report report)
    {
        using var migrated = new DataFolder();
        var trade = (await RunAsync(published, migrated.Path)).Trade;

        await report.AddAsync(
            "startup",
            [
                TableOf(
                    $"Start-up with a migrated data folder, {runs} runs",
                    await RepeatAsync(Migrated, runs)
                ),
                TableOf($"Start-up with an empty data folder, {runs} runs", await RepeatAsync(Empty, runs)),
            ],
            []
        );

        Task<Run> Migrated() => RunAsync(published, migrated.Path, trade);

        async Task<Run> Empty()
        {
            using var empty = new DataFolder();
            return await RunAsync(published, empty.Path);
        }
    }

    private static async Task<List<Run>> RepeatAsync(Func<Task<Run>> run, int runs)
    {
        var measured = new List<Run>();
        while (measured.Count < runs)
            measured.Add(await run());
        return measured;
    }

    private static async Task<Run> RunAsync(PublishedHost published, string data, Trade? signedIn = null)
    {
        var worked = await WorkAsync(published, data, signedIn);
        await using var host = RunningHost.Start(published, data);
        await host.AnsweringAsync();
        return worked with { MegabytesUnused = await host.IdleMegabytesAsync() };
    }

    private static async Task<Run> WorkAsync(PublishedHost published, string data, Trade? signedIn)
    {
        await using var host = RunningHost.Start(published, data);
        await host.AnsweringAsync();
        var firstAnswer = host.SinceStart;

        var trade = signedIn?.At(host.Http) ?? await Trade.BeginAsync(host.Http);
        var order = await trade.PlaceAsync();
        var firstOrder = host.SinceStart;
        await trade.AcceptAsync(order);
        await host.UntilAsync(() => trade.HasDeliveryAsync(order), Patience);
        var firstEvent = host.SinceStart;

        return new Run(
            firstAnswer.TotalMilliseconds,
            firstOrder.TotalMilliseconds,
            firstEvent.TotalMilliseconds,
            await host.IdleMegabytesAsync(),
            MegabytesUnused: 0,
            trade
        );
    }

    private static Table TableOf(string title, List<Run> runs)
    {
        var table = new Table(title, "median", "min", "max", "wanted");
        table.Add("first answered request, ms", Row(runs.Select(run => run.FirstAnswer), WantedFirstAnswer));
        table.Add("first answered order, ms", Row(runs.Select(run => run.FirstOrder), WantedFirstEvent));
        table.Add("first handled event, ms", Row(runs.Select(run => run.FirstEvent), WantedFirstEvent));
        table.Add("idle memory, started, MB", Row(runs.Select(run => run.MegabytesUnused), WantedMegabytes));
        table.Add("idle memory, after an order, MB", Row(runs.Select(run => run.Megabytes), WantedMegabytes));
        return table;
    }

    private static string[] Row(IEnumerable<double> values, double wanted)
    {
        var spread = new Spread(values);
        return [$"{spread.Median:0}", $"{spread.Least:0}", $"{spread.Most:0}", $"< {wanted:0}"];
    }

    private sealed record Run(
        double FirstAnswer,
        double FirstOrder,
        double FirstEvent,
        double Megabytes,
        double MegabytesUnused,
        Trade Trade
    );
}
