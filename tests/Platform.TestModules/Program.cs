using System.Diagnostics;
using System.Globalization;
using Platform.Testing;
using Platform.TestModules;

// Runs one side of the crash story on a folder of the test's, and kills its own process (SIGKILL: no clean-up, no
// flush) the nth time it reaches a place between two steps of a transaction.
// Arguments: the folder, the engine, the database or "", the place or "none", which time, and
// - nothing, "poison" or "replay": the notes module beside the story's stream; a word may fail, what failed may be
//   handled again;
// - "talk" or "notes", a RabbitMQ and a prefix: only the publisher, or only the follower, with the broker between.
var folder = TemporaryFolder.Borrowed(
    args[0],
    Enum.Parse<TestEngine>(args[1]),
    args[2].Length > 0 ? args[2] : null
);
var (place, left) = (args[3], int.Parse(args[4], CultureInfo.InvariantCulture));
var (poisoned, replays) = (args.Contains("poison"), args.Contains("replay"));
var side = args.ElementAtOrDefault(5) is "talk" or "notes" ? args[5] : null;

var settings = new Dictionary<string, string?>
{
    ["Streams:BatchSize"] = "4",
    ["Streams:Lease"] = "00:00:00.5",
    ["Modules:Notes:Poison"] = poisoned ? CrashStory.Poison : null,
};
if (side is not null)
{
    settings["Broker:Kind"] = "RabbitMq";
    settings["Broker:ConnectionString"] = args[6];
    settings["Broker:Prefix"] = args[7];
    settings["Broker:ReportInterval"] = "00:00:00.200";
    settings[side == "talk" ? "Modules:Notes:Placement" : "Modules:Talk:Placement"] = "Remote";
}
await using var host = await ModuleHost.StartAsync(
    folder,
    side is null ? [new NotesModule()] : [new TalkModule(), new NotesModule()],
    side is null ? [CrashStory.Tell()] : [],
    settings: settings,
    createTables: true,
    faults: reached =>
    {
        if (reached == place && Interlocked.Decrement(ref left) == 0)
            Process.GetCurrentProcess().Kill();
    }
);
if (side == "talk")
    await CrashStory.TellOverAsync(host);
else if (side == "notes")
    await CrashStory.IsNotedAsync(host);
else
    await host.CaughtUpAsync();
if (replays)
    await CrashStory.ReplayAllAsync(host);
return 0;
