using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Brokers;
using Platform.Http;
using Platform.Streams;
using Platform.Testing;

namespace Platform.TestModules;

/// <summary>Twenty words of three speakers, one of which may be poison.</summary>
internal static class CrashStory
{
    public const int Words = 20;
    public const int PoisonNumber = 7;
    public const string Poison = "arsenic";

    public static readonly IReadOnlyList<Guid> Speakers =
    [
        new("0199c000-0000-7000-8000-00000000000a"),
        new("0199c000-0000-7000-8000-00000000000b"),
        new("0199c000-0000-7000-8000-00000000000c"),
    ];

    public static Guid SpeakerOf(int number) => Speakers[number % Speakers.Count];

    public static PlantedStream Tell()
    {
        var talk = new PlantedStream("talk") { Identity = Speakers[0] };
        foreach (var number in Enumerable.Range(1, Words))
        {
            var word = number == PoisonNumber ? Poison : "word";
            talk.Say(SpeakerOf(number), new WordSaid(SpeakerOf(number), number, word));
        }
        return talk;
    }

    /// <summary>Says the story in a process of its own, unless it is said, and waits until all of it is on its way.</summary>
    public static async Task TellOverAsync(ModuleHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var talk = scope.ServiceProvider.GetRequiredService<TalkDbContext>();
        var relay = host.Services.GetRequiredService<RelayRunner>().All.Single();
        await Eventually.HoldsAsync(() => relay.Status.State is SubscriptionState.Running, "the relay runs");
        if (!await talk.Outbox.AnyAsync())
        {
            foreach (var number in Enumerable.Range(1, Words))
                talk.Say(SpeakerOf(number), new WordSaid(SpeakerOf(number), number, "word"));
            await talk.SaveChangesAsync();
        }
        await Eventually.HoldsAsync(
            async () =>
                (
                    await talk.Cursors.AsNoTracking().SingleAsync(row => row.Stream == Relay.CursorName)
                ).Position == await talk.Outbox.MaxAsync(row => row.Position),
            "everything is relayed"
        );
    }

    /// <summary>Waits until the whole story has come from another process.</summary>
    public static Task IsNotedAsync(ModuleHost host) =>
        Eventually.HoldsAsync(
            async () => await host.ReadAsync<NotesDbContext, int>(notes => notes.Notes.CountAsync()) >= Words,
            "every word is noted"
        );

    public static async Task ReplayAllAsync(ModuleHost host)
    {
        var operators = host.As(Roles.Operator, Guid.CreateVersion7());
        await Eventually.HoldsAsync(
            async () =>
            {
                var page = await operators.GetFromJsonAsync<JsonElement>("/api/ops/dead-letters");
                var letters = page.GetProperty("items").EnumerateArray().ToList();
                foreach (var letter in letters.Where(one => !one.GetProperty("replayRequested").GetBoolean()))
                    await operators.PostAsync(
                        $"/api/ops/dead-letters/{letter.GetProperty("id").GetGuid()}/replay",
                        null
                    );
                return letters.Count == 0;
            },
            "every dead letter is replayed"
        );
    }
}
