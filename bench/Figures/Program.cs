using System.Globalization;
using Figures;

var runs = Number("--runs", 5);
var events = Number("--events", 200);
var streams = Number("--streams", 4_000);
var which = args.FirstOrDefault(argument => argument is "startup" or "latency" or "streams") ?? "all";

var host = await PublishedHost.PublishAsync(again: !args.Contains("--no-publish"));
Console.WriteLine(
    $"{Environment.ProcessorCount} cores, {Machine.MemoryMegabytes:0} MB of memory, load {Machine.Load:0.0}"
);
if (Machine.IsBusy)
    Console.WriteLine("The machine is busy with something else: expect worse figures than it can do.");
if (which is "startup" or "all")
    await StartUp.MeasureAsync(host, runs);
if (which is "latency" or "all")
    await Latency.MeasureAsync(host, events);
if (which is "streams" or "all")
    await OpenStreams.MeasureAsync(host, streams);

int Number(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at
        ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
        : otherwise;
