using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Http;
using Platform.Modules;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>What these tests ask of a process that runs the notes module.</summary>
internal static class NotesHost
{
    public static Task<ModuleHost> StartAsync(
        TemporaryFolder folder,
        PlantedStream talk,
        IReadOnlyDictionary<string, string?>? settings = null,
        bool created = false
    ) =>
        ModuleHost.StartAsync(
            folder,
            [new NotesModule()],
            [talk],
            settings: settings,
            createTables: !created
        );

    public static Poison Poison(this ModuleHost host) => host.Services.GetRequiredService<Poison>();

    /// <summary>Each speaker's notes in the order they were made; ids of one millisecond have no order.</summary>
    public static async Task<IReadOnlyList<Note>> NotesAsync(this ModuleHost host, Guid? speaker = null)
    {
        var notes = await host.ReadAsync<NotesDbContext, List<Note>>(db =>
            db.Notes.AsNoTracking().Where(note => speaker == null || note.Speaker == speaker).ToListAsync()
        );
        return [.. notes.OrderBy(note => note.Before)];
    }

    /// <summary>Has a parked event be one that a newer build knows, since tests have one build only.</summary>
    public static Task<int> KnowsByNowAsync(this ModuleHost host, string alias, string known, object happened)
    {
        var payload = EventType.Of(happened.GetType()).Serialize(happened);
        return host.ReadAsync<NotesDbContext, int>(db =>
            db.DeadLetters.Where(row => row.Type == alias)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(row => row.Type, known).SetProperty(row => row.Payload, payload)
                )
        );
    }

    /// <summary>Leaves the parked events as a build without reasons would have, the first for not knowing its type.</summary>
    public static async Task WasParkedByAnOlderBuildAsync(
        this ModuleHost host,
        long position,
        string alias,
        string error,
        int attempts
    )
    {
        await host.ReadAsync<NotesDbContext, int>(db =>
            db.DeadLetters.ExecuteUpdateAsync(set => set.SetProperty(row => row.Reason, ParkingReason.Failed))
        );
        await host.ReadAsync<NotesDbContext, int>(db =>
            db.DeadLetters.Where(row => row.Position == position)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(row => row.Type, alias)
                        .SetProperty(row => row.Error, error)
                        .SetProperty(row => row.Attempts, attempts)
                )
        );
    }

    /// <summary>Asks for a replay of the parked events up to a position, as another replica would.</summary>
    public static Task<int> AskForReplayAsync(this ModuleHost host, long upTo) =>
        host.ReadAsync<NotesDbContext, int>(db =>
        {
            DateTimeOffset? now = TimeProvider.System.GetUtcNow();
            return db
                .DeadLetters.Where(row => row.Position <= upTo)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReplayRequestedAt, now));
        });

    /// <summary>Gives the lease of what is talked to somebody else.</summary>
    public static Task<int> LeaseToAsync(this ModuleHost host, Guid owner, TimeSpan length) =>
        host.ReadAsync<NotesDbContext, int>(db =>
        {
            DateTimeOffset? until = TimeProvider.System.GetUtcNow() + length;
            return db.Cursors.ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.LeaseOwner, owner).SetProperty(row => row.LeasedUntil, until)
            );
        });

    /// <summary>Keeps the lease with somebody who handles nothing.</summary>
    public static async Task HoldLeaseAsync(
        this ModuleHost host,
        TimeSpan length,
        CancellationToken cancellationToken
    )
    {
        var owner = Guid.CreateVersion7();
        while (!cancellationToken.IsCancellationRequested)
        {
            await host.LeaseToAsync(owner, length);
            await Task.Delay(length / 10, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Where the notes module stands in what is talked.</summary>
    public static Task<StreamPlace> PlaceAsync(this ModuleHost host) =>
        host.ReadAsync<NotesDbContext, StreamPlace>(async db =>
            (await db.Cursors.AsNoTracking().SingleAsync(row => row.Stream == "talk")).Place
        );

    /// <summary>Leaves of each cursor what a build without identities knew.</summary>
    public static Task<int> ForgetPlacesAsync(this ModuleHost host) =>
        host.ReadAsync<NotesDbContext, int>(db =>
            db.Cursors.ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.StreamIdentity, (Guid?)null)
                    .SetProperty(row => row.EventId, (Guid?)null)
            )
        );

    public static async Task<IReadOnlyList<JsonElement>> DeadLettersAsync(this ModuleHost host)
    {
        var page = await host.Operator().GetFromJsonAsync<JsonElement>("/api/ops/dead-letters");
        return [.. page.GetProperty("items").EnumerateArray()];
    }

    public static IStreamSource NotesSource(this ModuleHost host) =>
        host.Services.GetRequiredService<StreamSources>().Find("notes")!;

    /// <summary>The same outbox as a process sees it that has written nothing itself.</summary>
    public static IStreamSource NotesSourceOfAnotherReplica(this ModuleHost host) =>
        new OutboxSource(
            host.Services.GetRequiredService<ModuleCatalog>().Modules.Single(),
            host.Services.GetRequiredService<IServiceScopeFactory>(),
            new StreamTail()
        );

    public static GaplessReader Gaplessly(this IStreamSource source) =>
        new(source, new StreamOptions(), TimeProvider.System, NullLogger<GaplessReader>.Instance);

    /// <summary>Reads as subscriptions do.</summary>
    public static Task<IReadOnlyList<StreamEvent>> ReadGaplesslyAsync(
        this IStreamSource source,
        long position = 0
    ) => source.Gaplessly().ReadAsync(position, 100, CancellationToken.None);

    public static HttpClient Operator(this ModuleHost host) => host.As(Roles.Operator, Guid.CreateVersion7());

    public static void SayWords(this PlantedStream talk, Guid speaker, params string[] words)
    {
        for (var index = 0; index < words.Length; index++)
            talk.Say(speaker, new WordSaid(speaker, index + 1, words[index]));
    }
}
