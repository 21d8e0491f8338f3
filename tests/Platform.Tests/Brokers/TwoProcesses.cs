using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Brokers;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;

namespace Platform.Tests.Brokers;

/// <summary>
/// The publisher in one host and its follower in another, each with databases of its own, as far apart as two
/// processes; a broker is all that they share.
/// </summary>
internal sealed class TwoProcesses(IReadOnlyDictionary<string, string?> broker) : IAsyncDisposable
{
    private readonly TemporaryFolder _talkFolder = new();
    private readonly TemporaryFolder _notesFolder = new();

    public ModuleHost? Talk { get; private set; }

    public ModuleHost? Notes { get; private set; }

    public static Dictionary<string, string?> Broker(string kind, string connectionString) =>
        new(StringComparer.Ordinal)
        {
            ["Broker:Kind"] = kind,
            ["Broker:ConnectionString"] = connectionString,
            ["Broker:Prefix"] = $"test-{Guid.CreateVersion7():N}",
            ["Broker:ReportInterval"] = "00:00:00.200",
            ["Streams:Poll"] = "00:00:00.200",
        };

    public async Task StartTalkAsync() =>
        Talk = await ModuleHost.StartAsync(
            _talkFolder,
            [new TalkModule(), new NotesModule()],
            settings: new Dictionary<string, string?>(broker) { ["Modules:Notes:Placement"] = "Remote" },
            createTables: true
        );

    public async Task StartNotesAsync(Action<string>? faults = null) =>
        Notes = await ModuleHost.StartAsync(
            _notesFolder,
            [new TalkModule(), new NotesModule()],
            settings: new Dictionary<string, string?>(broker) { ["Modules:Talk:Placement"] = "Remote" },
            createTables: true,
            faults: faults
        );

    public async Task StopTalkAsync()
    {
        await Talk!.DisposeAsync();
        Talk = null;
    }

    public async Task StopNotesAsync()
    {
        await Notes!.DisposeAsync();
        Notes = null;
    }

    /// <summary>The publisher on the copy of its database, which stays where it is.</summary>
    public async Task StartTalkOnTheCopyAsync() => Talk = await StartNewerTalkAsync();

    /// <summary>One more publisher, on the copy of the first one's database.</summary>
    public Task<ModuleHost> StartNewerTalkAsync() => StartOnTheCopyAsync("Notes");

    /// <summary>One more follower, on the copy of the first one's database.</summary>
    public Task<ModuleHost> StartNewerNotesAsync() => StartOnTheCopyAsync("Talk");

    /// <summary>The publisher in a deployment in which nobody elsewhere follows it any more.</summary>
    public async Task StartTalkAloneAsync() =>
        Talk = await ModuleHost.StartAsync(
            _talkFolder,
            [new TalkModule()],
            settings: broker,
            createTables: true
        );

    /// <summary>The publisher without a broker: somebody else carries what it says.</summary>
    public async Task StartTalkUnconnectedAsync() =>
        Talk = await ModuleHost.StartAsync(_talkFolder, [new TalkModule()], createTables: true);

    /// <summary>Moves the follower's cursor, which must not be running: a build without identities leaves the rest of the row.</summary>
    public void MoveCursorAsAnOlderBuildDoes(long position)
    {
        using var database = new SqliteConnection(
            $"Data Source={Path.Combine(_notesFolder.Path, "notes.db")};Pooling=False"
        );
        database.Open();
        using var move = database.CreateCommand();
        move.CommandText = "UPDATE cursor SET Position = $position WHERE Stream = 'talk'";
        move.Parameters.AddWithValue("$position", position);
        move.ExecuteNonQuery();
    }

    /// <summary>Keeps a copy of the publisher's database, which must not be running.</summary>
    public void CopyTalk() => Copy(_talkFolder.Path, Kept);

    /// <summary>Keeps a copy of the follower's database, which must not be running.</summary>
    public void CopyNotes() => Copy(_notesFolder.Path, Kept);

    /// <summary>Puts the copy in the place of the publisher's database, which must not be running.</summary>
    public void PutTalkBack()
    {
        foreach (var file in Directory.GetFiles(_talkFolder.Path))
            File.Delete(file);
        Copy(Kept, _talkFolder.Path);
    }

    public async Task SayAsync(Guid speaker, int from, int count, string word = "word")
    {
        await using var scope = Talk!.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TalkDbContext>().SayAsync(speaker, from, count, word);
    }

    public async Task CoughAsync(Guid speaker, int times)
    {
        await using var scope = Talk!.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TalkDbContext>().CoughAsync(speaker, times);
    }

    public async Task AreNotedAsync(Guid speaker, int count)
    {
        try
        {
            await Eventually.HoldsAsync(
                async () => (await NotesAsync(speaker)).Count >= count,
                $"{count} words noted"
            );
        }
        catch (TimeoutException failure)
        {
            throw new TimeoutException($"{failure.Message} {State()}", failure);
        }
        var notes = (await NotesAsync(speaker)).OrderBy(note => note.Number).ToList();
        notes.Select(note => note.Number).ShouldBe(Enumerable.Range(1, count));
        notes.ShouldAllBe(note => note.Before == note.Number - 1);
    }

    /// <summary>Waits until the follower stands still for a reason, and says so.</summary>
    public Task IsBrokenAsync(string reason) =>
        Eventually.HoldsAsync(
            () =>
                Subscription.Status is { State: SubscriptionState.Broken, LastError: { } error }
                && error.Contains(reason, StringComparison.Ordinal),
            $"it is told that {reason}"
        );

    public Task<IReadOnlyList<Note>> NotesAsync(Guid speaker) => Notes!.NotesAsync(speaker);

    private Task<ModuleHost> StartOnTheCopyAsync(string elsewhere) =>
        ModuleHost.StartAsync(
            TemporaryFolder.Borrowed(Kept, TestEngine.Sqlite, database: null),
            [new TalkModule(), new NotesModule()],
            settings: new Dictionary<string, string?>(broker)
            {
                [$"Modules:{elsewhere}:Placement"] = "Remote",
            },
            createTables: false
        );

    private string Kept => Directory.CreateDirectory(Path.Combine(_notesFolder.Path, "kept")).FullName;

    private static void Copy(string from, string to)
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }

    private string State()
    {
        var relay = Talk?.Services.GetRequiredService<RelayRunner>().All.Single().Status;
        var follower = Subscription.Status;
        return $"The relay is {relay?.State} ({relay?.LastError}), the follower {follower.State} ({follower.LastError}).";
    }

    /// <summary>The follower's subscription, as its operator sees it.</summary>
    public async Task<JsonElement> OverviewAsync()
    {
        var modules = await Notes!.Operator().GetFromJsonAsync<JsonElement>("/api/ops/modules");
        return modules
            .EnumerateArray()
            .Single(module => module.GetProperty("name").GetString() == "Notes")
            .GetProperty("subscriptions")[0];
    }

    public Task<HealthReport> HealthAsync() =>
        Notes!.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    public Relay Relay => Talk!.Services.GetRequiredService<RelayRunner>().All.Single();

    public BrokeredReader Reader => (BrokeredReader)Subscription.Reader;

    /// <summary>Whether the broker has confirmed everything that was said.</summary>
    public Task<bool> IsRelayedAsync() =>
        Talk!.ReadAsync<TalkDbContext, bool>(async talk =>
            await talk.Cursors.AnyAsync(row =>
                row.Stream == Relay.CursorName && row.Position == talk.Outbox.Max(said => said.Position)
            )
        );

    public Subscription Subscription => Notes!.Services.GetRequiredService<SubscriptionRunner>().All.Single();

    public async ValueTask DisposeAsync()
    {
        if (Talk is not null)
            await Talk.DisposeAsync();
        if (Notes is not null)
            await Notes.DisposeAsync();
        _talkFolder.Dispose();
        _notesFolder.Dispose();
    }
}
