using System.Diagnostics;
using System.Globalization;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>
/// A process that is killed between any two steps of a consumer's transaction loses no effect and doubles none.
/// Each case kills a real process with SIGKILL and lets a second one finish the story.
/// </summary>
public class CrashTests : IDisposable
{
    private const int KilledBySigkill = 137;

    private readonly TemporaryFolder _folder;

    public CrashTests()
        : this(TestEngines.Default) { }

    protected CrashTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    [Theory]
    [InlineData("begun", 1)]
    [InlineData("begun", 3)]
    [InlineData("handled", 1)]
    [InlineData("handled", 6)]
    [InlineData("flushed", 1)]
    [InlineData("flushed", 3)]
    [InlineData("committed", 1)]
    [InlineData("committed", 4)]
    public async Task Killed_while_handling(string place, int time)
    {
        await RunAsync(KilledBySigkill, place, time);
        await RunAsync(0, "none", 0);
        await EveryWordIsNotedOnceAndInOrderAsync(Enumerable.Range(1, CrashStory.Words));
    }

    [Theory]
    [InlineData("parking", 1)]
    [InlineData("flushed", 4)]
    [InlineData("committed", 4)]
    public async Task Killed_while_parking(string place, int time)
    {
        await RunAsync(KilledBySigkill, place, time, "poison");
        await RunAsync(0, "none", 0, "poison");
        var parked = Enumerable
            .Range(1, CrashStory.Words)
            .Where(number =>
                number >= CrashStory.PoisonNumber
                && CrashStory.SpeakerOf(number) == CrashStory.SpeakerOf(CrashStory.PoisonNumber)
            )
            .ToList();
        await EveryWordIsNotedOnceAndInOrderAsync(Enumerable.Range(1, CrashStory.Words).Except(parked));
        await DeadLettersAreAsync(parked.Count);
    }

    [Theory]
    [InlineData("replay begun", 1)]
    [InlineData("replay handled", 2)]
    [InlineData("replay flushed", 1)]
    [InlineData("replay committed", 2)]
    public async Task Killed_while_replaying(string place, int time)
    {
        await RunAsync(0, "none", 0, "poison");
        await RunAsync(KilledBySigkill, place, time, "replay");
        await RunAsync(0, "none", 0, "replay");
        await EveryWordIsNotedOnceAndInOrderAsync(Enumerable.Range(1, CrashStory.Words));
        await DeadLettersAreAsync(0);
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(int exitCode, string place, int time, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(NotesModule).Assembly.Location);
        start.ArgumentList.Add(_folder.Path);
        start.ArgumentList.Add(_folder.Engine.ToString());
        start.ArgumentList.Add(await _folder.DatabaseAsync() ?? "");
        start.ArgumentList.Add(place);
        start.ArgumentList.Add(time.ToString(CultureInfo.InvariantCulture));
        foreach (var one in more)
            start.ArgumentList.Add(one);
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(exitCode, errors);
    }

    private async Task EveryWordIsNotedOnceAndInOrderAsync(IEnumerable<int> expected)
    {
        await using var host = await NotesHost.StartAsync(_folder, new PlantedStream("talk"));
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

    private async Task DeadLettersAreAsync(int count)
    {
        await using var host = await NotesHost.StartAsync(_folder, new PlantedStream("talk"));
        (await host.DeadLettersAsync()).Count.ShouldBe(count);
    }
}

public sealed class CrashOnPostgreSqlTests() : CrashTests(TestEngine.PostgreSql);
