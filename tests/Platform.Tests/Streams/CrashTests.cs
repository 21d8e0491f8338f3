using System.Diagnostics;
using System.Globalization;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Brokers;

namespace Platform.Tests.Streams;

/// <summary>
/// A process that is killed between any two steps of a consumer's transaction loses no effect and doubles none.
/// Each case kills a real process with SIGKILL and lets a second one finish the story.
/// </summary>
public sealed class CrashTests(RabbitMqFixture rabbit) : IDisposable
{
    private const int KilledBySigkill = 137;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _publishersFolder = new();

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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_relay_killed_between_publishing_and_moving_on(int time)
    {
        var broker = await BrokerAsync();
        await RunAsync(_publishersFolder, KilledBySigkill, "relayed", time, ["talk", .. broker]);
        await RunAsync(_publishersFolder, 0, "none", 0, ["talk", .. broker]);
        await FollowAsync(0, "none", 0, broker);
        await EveryWordIsNotedOnceAndInOrderAsync(Enumerable.Range(1, CrashStory.Words));
    }

    [Theory]
    [InlineData("handled", 5)]
    [InlineData("committed", 1)]
    [InlineData("committed", 4)]
    public async Task A_follower_killed_before_it_acknowledges(string place, int time)
    {
        var broker = await BrokerAsync();
        await FollowAsync(KilledBySigkill, place, time, broker);
        await FollowAsync(0, "none", 0, broker);
        await EveryWordIsNotedOnceAndInOrderAsync(Enumerable.Range(1, CrashStory.Words));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _publishersFolder.Dispose();
    }

    private async Task<string[]> BrokerAsync() =>
        [await rabbit.ConnectionStringAsync(), $"crash-{Guid.CreateVersion7():N}"];

    /// <summary>Runs the follower beside a publisher that tells the story, or has told it.</summary>
    private async Task FollowAsync(int exitCode, string place, int time, string[] broker)
    {
        await using var talk = await ModuleHost.StartAsync(
            _publishersFolder,
            [new TalkModule(), new NotesModule()],
            settings: new Dictionary<string, string?>(TwoProcesses.Broker("RabbitMq", broker[0]))
            {
                ["Broker:Prefix"] = broker[1],
                ["Modules:Notes:Placement"] = "Remote",
            },
            createTables: true
        );
        await CrashStory.TellOverAsync(talk);
        await RunAsync(_folder, exitCode, place, time, ["notes", .. broker]);
    }

    private Task RunAsync(int exitCode, string place, int time, params string[] more) =>
        RunAsync(_folder, exitCode, place, time, more);

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
