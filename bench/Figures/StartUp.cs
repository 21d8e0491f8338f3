namespace Figures;

/// <summary>How soon a new process is of use, and what it takes while nobody uses it.</summary>
internal static class StartUp
{
    private const double WantedFirstAnswer = 2_000;
    private const double WantedFirstEvent = 3_000;
    private const double WantedMegabytes = 200;

    public static async Task MeasureAsync(PublishedHost published, int runs)
    {
        using var migrated = new DataFolder();
        await RunAsync(published, migrated.Path);

        Print($"Start-up with a migrated data folder, {runs} runs", await RepeatAsync(Migrated, runs));
        Print($"Start-up with an empty data folder, {runs} runs", await RepeatAsync(Empty, runs));

        Task<Run> Migrated() => RunAsync(published, migrated.Path);

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

    private static async Task<Run> RunAsync(PublishedHost published, string data)
    {
        await using var host = RunningHost.Start(published, data);
        await host.AnsweringAsync();
        var firstAnswer = host.SinceStart;

        var trade = await Trade.BeginAsync(host.Http);
        var order = await trade.PlaceAsync();
        await trade.AcceptAsync(order);
        while (!await trade.HasDeliveryAsync(order))
            await Task.Delay(1);
        var firstEvent = host.SinceStart;

        return new Run(
            firstAnswer.TotalMilliseconds,
            firstEvent.TotalMilliseconds,
            await host.IdleMegabytesAsync()
        );
    }

    private static void Print(string title, List<Run> runs)
    {
        var table = new Table(title, "median", "min", "max", "wanted");
        table.Add("first answered request, ms", Row(runs.Select(run => run.FirstAnswer), WantedFirstAnswer));
        table.Add("first handled event, ms", Row(runs.Select(run => run.FirstEvent), WantedFirstEvent));
        table.Add("resident memory at idle, MB", Row(runs.Select(run => run.Megabytes), WantedMegabytes));
        table.Print();
    }

    private static string[] Row(IEnumerable<double> values, double wanted)
    {
        var spread = new Spread(values);
        return [$"{spread.Median:0}", $"{spread.Least:0}", $"{spread.Most:0}", $"< {wanted:0}"];
    }

    private sealed record Run(double FirstAnswer, double FirstEvent, double Megabytes);
}
