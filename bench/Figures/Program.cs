using System.Globalization;
using Figures;
using Figures.Events;
using Figures.Placing;
using Figures.Reports;

switch (args)
{
    case ["limit", var connectionString, var address]:
        await Limit.ServeAsync(connectionString, address);
        return;
    case ["platform", var connectionString, var modules, var stored]:
        await ContenderProcess.ServeAsync(
            connectionString,
            async () =>
                await PlatformSide.StartAsync(
                    connectionString,
                    int.Parse(modules, CultureInfo.InvariantCulture),
                    int.Parse(stored, CultureInfo.InvariantCulture)
                )
        );
        return;
    case ["hop", var side, var connectionString, var kind, var broker, var prefix]:
        await ContenderProcess.ServeAsync(
            connectionString,
            async () =>
                await PlatformSide.StartAsync(
                    connectionString,
                    modules: 3,
                    stored: 0,
                    new Hop(kind, broker, prefix, IsSeller: side == "seller")
                )
        );
        return;
    case ["peer", var connectionString, var parallel]:
        await ContenderProcess.ServeAsync(
            connectionString,
            async () =>
                await PeerSide.StartAsync(connectionString, int.Parse(parallel, CultureInfo.InvariantCulture))
        );
        return;
}

string[] measurements =
[
    "startup",
    "latency",
    "streams",
    "placing",
    "delivery",
    "growth",
    "hop",
    "failover",
    "replicas",
    "footprint",
];
var chosen = args.Where(measurements.Contains).ToList();
if (chosen.Count == 0)
    chosen = [.. measurements];
var sizes = Sizes.From(args);
var report = new Report(writes: args.Contains("--write"));

var host = new Lazy<Task<PublishedHost>>(async () =>
{
    var folder = Array.IndexOf(args, "--host") is >= 0 and var at
        ? args[at + 1]
        : (await PublishedHost.PublishAsync(again: !args.Contains("--no-publish"))).Folder;
    return new PublishedHost(folder) { Settings = [.. args.Where(IsSetting)] };
});

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
            "startup" => StartUp.MeasureAsync(await host.Value, Sizes.Number(args, "--runs", 5), report),
            "latency" => Latency.MeasureAsync(await host.Value, Sizes.Number(args, "--events", 200)),
            "streams" => OpenStreams.MeasureAsync(await host.Value, Sizes.Number(args, "--streams", 4_000)),
            "delivery" => DeliveryBench.MeasureAsync(sizes, report),
            "hop" => HopBench.MeasureAsync(sizes, report),
            "failover" => Failover.MeasureAsync(
                await host.Value,
                Sizes.Number(args, "--kills", 7),
                args.Contains("--sqlite"),
                report
            ),
            "replicas" => Replicas.MeasureAsync(
                await host.Value,
                Sizes.Number(args, "--acceptances", 600),
                Sizes.Number(args, "--a-second", 20),
                report
            ),
            "footprint" => Footprint.MeasureAsync(
                await host.Value,
                Sizes.Number(args, "--customers", 18_000),
                Sizes.Number(args, "--rate", 15),
                builds: !args.Contains("--no-publish"),
                report
            ),
            "growth" => GrowthBench.MeasureAsync(await host.Value, sizes, report),
            _ => PlacingBench.MeasureAsync(await host.Value, sizes, report),
        }
    );
}

static bool IsSetting(string argument) =>
    argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains(':', StringComparison.Ordinal);
