using System.Net.Http.Json;
using System.Text.Json;
using Platform.Http;
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
        var talk = new PlantedStream("talk");
        foreach (var number in Enumerable.Range(1, Words))
        {
            var word = number == PoisonNumber ? Poison : "word";
            talk.Say(SpeakerOf(number), new WordSaid(SpeakerOf(number), number, word));
        }
        return talk;
    }

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
