using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
        await Eventually.HoldsAsync(
            async () => (await NotesAsync(speaker)).Count >= count,
            $"{count} words noted; {Subscription.Status.State}: {Subscription.Status.LastError}"
        );
        var notes = (await NotesAsync(speaker)).OrderBy(note => note.Number).ToList();
        notes.Select(note => note.Number).ShouldBe(Enumerable.Range(1, count));
        notes.ShouldAllBe(note => note.Before == note.Number - 1);
    }

    public Task<IReadOnlyList<Note>> NotesAsync(Guid speaker) => Notes!.NotesAsync(speaker);

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
