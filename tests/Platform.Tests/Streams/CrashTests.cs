using System.Diagnostics;
using System.Globalization;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>
/// A process that is killed between any two steps of a consumer's transaction loses no effect and doubles none.
/// Each case kills a real process with SIGKILL and lets a second one finish the story.
/// </summary>
public sealed class CrashTests
{
    private const int KilledBySigkill = 137;

    /// <summary>Every place on the engine that the tests run on; on PostgreSQL those where the two may differ.</summary>
    public static TheoryData<TestEngine, string, int> Handling =>
        On([
            (false, "begun", 1),
            (false, "begun", 3),
            (false, "handled", 1),
            (true, "handled", 6),
            (true, "flushed", 1),
            (false, "flushed", 3),
            (true, "committed", 1),
            (false, "committed", 4),
        ]);

    public static TheoryData<TestEngine, string, int> Parking =>
        On([(false, "parking", 1), (true, "flushed", 4), (false, "committed", 4)]);

    public static TheoryData<TestEngine, string, int> Replaying =>
        On([
            (false, "replay begun", 1),
            (false, "replay handled", 2),
            (true, "replay flushed", 1),
            (false, "replay committed", 2),
        ]);

    [Theory]
    [MemberData(nameof(Handling))]
    public async Task Killed_while_handling(TestEngine engine, string place, int time)
    {
        using var folder = new TemporaryFolder(engine);
        await RunAsync(folder, KilledBySigkill, place, time);
        await RunAsync(folder, 0, "none", 0);
        await EveryWordIsNotedOnceAndInOrderAsync(folder, Enumerable.Range(1, CrashStory.Words));
    }

    [Theory]
    [MemberData(nameof(Parking))]
    public async Task Killed_while_parking(TestEngine engine, string place, int time)
    {
        using var folder = new TemporaryFolder(engine);
        await RunAsync(folder, KilledBySigkill, place, time, "poison");
        await RunAsync(folder, 0, "none", 0, "poison");
        var parked = Enumerable
            .Range(1, CrashStory.Words)
            .Where(number =>
                number >= CrashStory.PoisonNumber
                && CrashStory.SpeakerOf(number) == CrashStory.SpeakerOf(CrashStory.PoisonNumber)
            )
            .ToList();
        await EveryWordIsNotedOnceAndInOrderAsync(
            folder,
            Enumerable.Range(1, CrashStory.Words).Except(parked)
        );
        await DeadLettersAreAsync(folder, parked.Count);
    }

    [Theory]
    [MemberData(nameof(Replaying))]
    public async Task Killed_while_replaying(TestEngine engine, string place, int time)
    {
        using var folder = new TemporaryFolder(engine);
        await RunAsync(folder, 0, "none", 0, "poison");
        await RunAsync(folder, KilledBySigkill, place, time, "replay");
        await RunAsync(folder, 0, "none", 0, "replay");
        await EveryWordIsNotedOnceAndInOrderAsync(folder, Enumerable.Range(1, CrashStory.Words));
        await DeadLettersAreAsync(folder, 0);
    }

    private static TheoryData<TestEngine, string, int> On(
        IReadOnlyList<(bool AlsoOnPostgreSql, string Place, int Time)> cases
    )
    {
        var data = new TheoryData<TestEngine, string, int>();
        foreach (var (also, place, time) in cases)
        {
            data.Add(TestEngines.Default, place, time);
            if (also && TestEngines.Default != TestEngine.PostgreSql)
                data.Add(TestEngine.PostgreSql, place, time);
        }
        return data;
    }

    private static async Task RunAsync(
        TemporaryFolder folder,
        int exitCode,
        string place,
        int time,
        params string[] more
    )
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(NotesModule).Assembly.Location);
        start.ArgumentList.Add(folder.Path);
        start.ArgumentList.Add(folder.Engine.ToString());
        start.ArgumentList.Add(await folder.DatabaseAsync() ?? "");
        start.ArgumentList.Add(place);
        start.ArgumentList.Add(time.ToString(CultureInfo.InvariantCulture));
        foreach (var one in more)
            start.ArgumentList.Add(one);
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(exitCode, errors);
    }

    private static async Task EveryWordIsNotedOnceAndInOrderAsync(
        TemporaryFolder folder,
        IEnumerable<int> expected
    )
    {
        await using var host = await NotesHost.StartAsync(folder, new PlantedStream("talk"));
        var notes = await host.NotesAsync();
        notes.Select(note => note.Number).Order().ShouldBe(expected.Order());
        var said = (await host.SaidAsync<NotesDbContext>(typeof(WordNoted))).Cast<WordNoted>().ToList();
        said.Select(noted => noted.Number).Order().ShouldBe(expected.Order());
        foreach (var speaker in CrashStory.Speakers)
        {
            var ofSpeaker = notes.Where(note => note.Speaker == speaker).ToList();
            ofSpeaker.Select(note => note.Number).ShouldBeInOrder();
            ofSpeaker.Select(note => note.Before).ShouldBe(Enumerable.Range(0, ofSpeaker.Count));
            said.Where(noted => noted.Speaker == speaker).Select(noted => noted.Number).ShouldBeInOrder();
        }
    }

    private static async Task DeadLettersAreAsync(TemporaryFolder folder, int count)
    {
        await using var host = await NotesHost.StartAsync(folder, new PlantedStream("talk"));
        (await host.DeadLettersAsync()).Count.ShouldBe(count);
    }
}
