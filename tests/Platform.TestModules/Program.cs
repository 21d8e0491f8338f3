using System.Diagnostics;
using System.Globalization;
using Platform.Testing;
using Platform.TestModules;

// Runs the notes module on a folder of the test's, over the crash story's stream, and kills its own process (SIGKILL:
// no clean-up, no flush) the nth time it reaches a place between two steps of a transaction.
// Arguments: the folder, the engine, the database or "", the place or "none", which time, and "poison" or "replay" to have a word that fails or to
// have what failed handled again.
var folder = TemporaryFolder.Borrowed(
    args[0],
    Enum.Parse<TestEngine>(args[1]),
    args[2].Length > 0 ? args[2] : null
);
var (place, left) = (args[3], int.Parse(args[4], CultureInfo.InvariantCulture));
var (poisoned, replays) = (args.Contains("poison"), args.Contains("replay"));

await using var host = await ModuleHost.StartAsync(
    folder,
    [new NotesModule()],
    [CrashStory.Tell()],
    settings: new Dictionary<string, string?>
    {
        ["Streams:BatchSize"] = "4",
        ["Streams:Lease"] = "00:00:00.5",
        ["Modules:Notes:Poison"] = poisoned ? CrashStory.Poison : null,
    },
    createTables: true,
    faults: reached =>
    {
        if (reached == place && Interlocked.Decrement(ref left) == 0)
            Process.GetCurrentProcess().Kill();
    }
);
await host.CaughtUpAsync();
if (replays)
    await CrashStory.ReplayAllAsync(host);
return 0;
