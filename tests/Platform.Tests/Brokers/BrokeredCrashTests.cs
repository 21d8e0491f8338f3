using System.Diagnostics;
using System.Globalization;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;

namespace Platform.Tests.Brokers;

/// <summary>
/// A relay that is killed between publishing and noting it, or a follower before it acknowledges, loses
/// nothing and doubles no effect. Each case kills a real process with SIGKILL.
/// </summary>
public sealed class BrokeredCrashTests(RabbitMqFixture rabbit) : IDisposable
{
    private const int KilledBySigkill = 137;

    private readonly TemporaryFolder _talkFolder = new(TestEngine.Sqlite);
    private readonly TemporaryFolder _notesFolder = new(TestEngine.Sqlite);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_relay_killed_between_publishing_and_moving_on(int time)
    {
        var broker = await BrokerAsync();
        await RunAsync(_talkFolder, KilledBySigkill, "relayed", time, ["talk", .. broker]);
        await RunAsync(_talkFolder, 0, "none", 0, ["talk", .. broker]);
        await FollowAsync(0, "none", 0, broker);
        await EveryWordIsNotedOnceAsync();
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
        await EveryWordIsNotedOnceAsync();
    }

    public void Dispose()
    {
        _talkFolder.Dispose();
        _notesFolder.Dispose();
    }

    private async Task<string[]> BrokerAsync() =>
        [await rabbit.ConnectionStringAsync(), $"crash-{Guid.CreateVersion7():N}"];

    /// <summary>Runs the follower beside a publisher that tells the story, or has told it.</summary>
    private async Task FollowAsync(int exitCode, string place, int time, string[] broker)
    {
        await using var talk = await ModuleHost.StartAsync(
            _talkFolder,
            [new TalkModule(), new NotesModule()],
            settings: new Dictionary<string, string?>(TwoProcesses.Broker("RabbitMq", broker[0]))
            {
                ["Broker:Prefix"] = broker[1],
                ["Modules:Notes:Placement"] = "Remote",
            },
            createTables: true
        );
        await CrashStory.TellOverAsync(talk);
        await RunAsync(_notesFolder, exitCode, place, time, ["notes", .. broker]);
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
        start.ArgumentList.Add("");
        start.ArgumentList.Add(place);
        start.ArgumentList.Add(time.ToString(CultureInfo.InvariantCulture));
        foreach (var one in more)
            start.ArgumentList.Add(one);
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(exitCode, errors);
    }

    private async Task EveryWordIsNotedOnceAsync()
    {
        await using var host = await NotesHost.StartAsync(_notesFolder, new PlantedStream("talk"));
        var notes = await host.NotesAsync();
        notes.Select(note => note.Number).Order().ShouldBe(Enumerable.Range(1, CrashStory.Words));
        foreach (var speaker in CrashStory.Speakers)
        {
            var ofSpeaker = notes
                .Where(note => note.Speaker == speaker)
                .OrderBy(note => note.Number)
                .ToList();
            ofSpeaker.Select(note => note.Before).ShouldBe(Enumerable.Range(0, ofSpeaker.Count));
        }
    }
}
