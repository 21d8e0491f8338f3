using Figures;
using Figures.Placing;
using Figures.Reports;

switch (args)
{
    case ["limit", var connectionString, var address]:
        await Limit.ServeAsync(connectionString, address);
        return;
}

string[] measurements = ["startup", "latency", "placing"];
var chosen = args.Where(measurements.Contains).ToList();
if (chosen.Count == 0)
    chosen = [.. measurements];
var sizes = Sizes.From(args);
var report = new Report(writes: args.Contains("--write"));

var host = await PublishedHost.PublishAsync(again: !args.Contains("--no-publish"));
Console.WriteLine(
    $"{Environment.ProcessorCount} cores, {Machine.MemoryMegabytes:0} MB of memory, load {Machine.Load:0.0}"
);
if (Machine.IsBusy)
    Console.WriteLine("The machine is busy with something else: expect worse figures than it can do.");
foreach (var measurement in chosen)
{
    await (
        measurement switch
        {
            "startup" => StartUp.MeasureAsync(host, Sizes.Number(args, "--runs", 5)),
            "latency" => Latency.MeasureAsync(host, Sizes.Number(args, "--events", 200)),
            _ => PlacingBench.MeasureAsync(host, sizes, report),
        }
    );
}
