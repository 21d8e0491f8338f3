using System.Net;
using System.Text.Json;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

public class DeadLetterTests : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();

    public DeadLetterTests()
        : this(TestEngines.Default) { }

    protected DeadLetterTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    [Fact]
    public async Task A_poison_event_is_parked_after_its_retries_with_its_first_error_while_others_go_on()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");

        _talk.SayWords(_ann, "tea", "arsenic");
        _talk.SayWords(_bob, "coffee");
        await host.CaughtUpAsync();

        (await host.NotesAsync()).Select(note => note.Word).ShouldBe(["tea", "coffee"], ignoreOrder: true);
        var letter = (await host.DeadLettersAsync()).ShouldHaveSingleItem();
        letter.GetProperty("attempts").GetInt32().ShouldBe(5);
        letter.GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("(1)");
        letter.GetProperty("payload").GetString().ShouldNotBeNull().ShouldContain("arsenic");
    }

    [Fact]
    [Trait("Fault", "S10")]
    public async Task An_event_that_this_build_does_not_know_holds_up_nothing_and_is_taken_up_by_one_that_does()
    {
        await using (var older = await NotesHost.StartAsync(_folder, _talk))
        {
            _talk.SayRaw(_ann, "talk.word-sung.v7", "{}");
            _talk.SayWords(_ann, "tea");
            await older.CaughtUpAsync();
            (await older.NotesAsync()).Select(note => note.Word).ShouldBe(["tea"]);
            (await older.DeadLettersAsync()).ShouldHaveSingleItem();
            await older.KnowsByNowAsync("talk.word-sung.v7", WordSaid.Alias, new WordSaid(_ann, 2, "sung"));
        }

        await using var newer = await NotesHost.StartAsync(_folder, _talk);

        await Eventually.HoldsAsync(
            async () => (await newer.DeadLettersAsync()).Count == 0,
            "it is taken up without an operator"
        );
        (await newer.NotesAsync()).Select(note => note.Word).ShouldBe(["tea", "sung"]);
    }

    [Fact]
    [Trait("Fault", "S10")]
    public async Task A_replay_leaves_an_event_that_this_build_does_not_know_for_one_that_does()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");
        _talk.SayRaw(_ann, "talk.word-sung.v7", "{}");
        _talk.SayWords(_bob, "arsenic");
        await host.CaughtUpAsync();
        host.Poison().Remove("arsenic");
        var letters = await host.DeadLettersAsync();
        letters.Count.ShouldBe(2);

        foreach (var letter in letters)
            (await ReplayAsync(host, letter)).ShouldBe(HttpStatusCode.Accepted);
        await Eventually.HoldsAsync(
            async () => (await host.DeadLettersAsync()).Count == 1,
            "the letter behind it is replayed"
        );

        var left = (await host.DeadLettersAsync()).ShouldHaveSingleItem();
        left.GetProperty("type").GetString().ShouldBe("talk.word-sung.v7");
        left.GetProperty("attempts").GetInt32().ShouldBe(0);
        _talk.Say(_ann, new WordSaid(_ann, 2, "tea"));
        await host.CaughtUpAsync();
        (await host.NotesAsync(_ann)).ShouldHaveSingleItem().Word.ShouldBe("tea");
        await host.KnowsByNowAsync("talk.word-sung.v7", WordSaid.Alias, new WordSaid(_ann, 3, "sung"));
        await Eventually.HoldsAsync(
            async () => (await host.DeadLettersAsync()).Count == 0,
            "it is taken up once it is known"
        );
    }

    [Fact]
    [Trait("Fault", "S10")]
    public async Task What_waited_behind_a_letter_is_handled_although_its_type_or_that_of_one_between_is_unknown()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");
        _talk.SayRaw(_ann, "talk.word-sung.v7", "{}");
        _talk.SayWords(_ann, "arsenic", "milk");
        _talk.SayRaw(_ann, "talk.word-sung.v8", "{}");
        _talk.Say(_ann, new WordSaid(_ann, 3, "bread"));
        await host.CaughtUpAsync();
        var letters = await host.DeadLettersAsync();
        letters.Count.ShouldBe(5);
        var poisoned = letters.Single(letter => letter.GetProperty("attempts").GetInt32() > 0);

        using var discarded = await host.Operator()
            .PostAsync($"/api/ops/dead-letters/{poisoned.GetProperty("id").GetGuid()}/discard", null);

        await Eventually.HoldsAsync(async () => (await host.NotesAsync()).Count == 2, "the words are noted");
        (await host.NotesAsync()).Select(note => note.Word).ShouldBe(["milk", "bread"]);
        (await host.DeadLettersAsync())
            .Select(letter => letter.GetProperty("type").GetString())
            .ShouldBe(["talk.word-sung.v7", "talk.word-sung.v8"], ignoreOrder: true);
        _talk.Say(_ann, new WordSaid(_ann, 4, "salt"));
        await host.CaughtUpAsync();
        (await host.NotesAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_parks_while_a_replay_was_asked_for_is_handled_with_it()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");
        _talk.SayWords(_ann, "arsenic", "milk", "bread");
        await host.CaughtUpAsync();
        host.Poison().Remove("arsenic");

        // It was asked for when the third had not come yet.
        await host.AskForReplayAsync(upTo: 2);

        await Eventually.HoldsAsync(
            async () => (await host.DeadLettersAsync()).Count == 0,
            "all are replayed"
        );
        (await host.NotesAsync()).Select(note => note.Word).ShouldBe(["arsenic", "milk", "bread"]);
    }

    /// <summary>Builds without reasons parked whatever came behind, and had each replayed in vain by an operator.</summary>
    [Theory]
    [Trait("Fault", "S10")]
    [InlineData(0, "'talk.word-sung.v7' is not in the contracts this build knows.")]
    [InlineData(
        1,
        "InvalidOperationException: 'talk.word-sung.v7' is not in the contracts this build knows."
    )]
    public async Task What_an_older_build_parked_for_not_knowing_it_is_taken_up_and_frees_what_waits_behind(
        int attempts,
        string error
    )
    {
        await using (var older = await NotesHost.StartAsync(_folder, _talk))
        {
            older.Poison().Add("arsenic");
            _talk.SayWords(_ann, "arsenic", "milk", "bread");
            _talk.SayWords(_bob, "arsenic", "milk");
            await older.CaughtUpAsync();
            var first = (await older.DeadLettersAsync()).Min(letter =>
                letter.GetProperty("position").GetInt64()
            );
            await older.WasParkedByAnOlderBuildAsync(first, "talk.word-sung.v7", error, attempts);
        }

        await using var newer = await NotesHost.StartAsync(_folder, _talk);

        await Eventually.HoldsAsync(
            async () => (await newer.NotesAsync(_ann)).Count == 2,
            "what waits behind an event that is not known is handled"
        );
        (await newer.DeadLettersAsync()).Count.ShouldBe(3);
        await newer.KnowsByNowAsync("talk.word-sung.v7", WordSaid.Alias, new WordSaid(_ann, 4, "sung"));
        await Eventually.HoldsAsync(
            async () => (await newer.NotesAsync(_ann)).Count == 3,
            "it is taken up once it is known"
        );
        (await newer.NotesAsync(_bob)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "S10")]
    public async Task Discarding_a_letter_frees_those_that_wait_behind_it()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");
        _talk.SayWords(_ann, "arsenic", "milk", "bread");
        await host.CaughtUpAsync();
        var first = (await host.DeadLettersAsync()).MinBy(letter =>
            letter.GetProperty("position").GetInt64()
        );

        using var discarded = await host.Operator()
            .PostAsync($"/api/ops/dead-letters/{first.GetProperty("id").GetGuid()}/discard", null);

        await Eventually.HoldsAsync(
            async () => (await host.DeadLettersAsync()).Count == 0,
            "those behind it are handled"
        );
        (await host.NotesAsync()).Select(note => note.Word).ShouldBe(["milk", "bread"]);
    }

    [Fact]
    public async Task Nothing_of_a_failed_event_is_left_behind()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");

        _talk.SayWords(_ann, "arsenic");
        await host.CaughtUpAsync();

        (await host.NotesAsync()).ShouldBeEmpty();
        (await host.SaidAsync<NotesDbContext>(typeof(WordNoted))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Later_events_of_the_same_key_park_behind_and_replay_keeps_their_order()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");
        _talk.SayWords(_ann, "arsenic", "milk", "bread");
        await host.CaughtUpAsync();
        _talk.Say(_ann, new WordSaid(_ann, 4, "salt"));
        await host.CaughtUpAsync();
        var letters = await host.DeadLettersAsync();
        letters.Count.ShouldBe(4);

        host.Poison().Remove("arsenic");
        var last = letters.MaxBy(letter => letter.GetProperty("position").GetInt64());
        (await ReplayAsync(host, last)).ShouldBe(HttpStatusCode.Accepted);

        await Eventually.HoldsAsync(
            async () => (await host.DeadLettersAsync()).Count == 0,
            "all are replayed"
        );
        (await host.NotesAsync()).Select(note => note.Word).ShouldBe(["arsenic", "milk", "bread", "salt"]);
        _talk.Say(_ann, new WordSaid(_ann, 5, "sugar"));
        await host.CaughtUpAsync();
        (await host.NotesAsync()).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_replay_that_fails_keeps_the_letter_and_those_behind_it()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");
        _talk.SayWords(_ann, "arsenic", "milk");
        await host.CaughtUpAsync();
        var first = (await host.DeadLettersAsync()).MinBy(letter =>
            letter.GetProperty("position").GetInt64()
        );

        await ReplayAsync(host, first);

        await Eventually.HoldsAsync(
            async () =>
                (await host.DeadLettersAsync()).Any(one => one.GetProperty("attempts").GetInt32() == 6),
            "the replay was tried"
        );
        (await host.DeadLettersAsync()).Count.ShouldBe(2);
        (await host.NotesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_discarded_letter_no_longer_holds_its_key_back()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        host.Poison().Add("arsenic");
        _talk.SayWords(_ann, "arsenic");
        await host.CaughtUpAsync();
        var id = (await host.DeadLettersAsync()).ShouldHaveSingleItem().GetProperty("id").GetGuid();

        var discarded = await host.Operator().PostAsync($"/api/ops/dead-letters/{id}/discard", null);
        discarded.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _talk.Say(_ann, new WordSaid(_ann, 2, "milk"));
        await host.CaughtUpAsync();

        (await host.NotesAsync()).ShouldHaveSingleItem().Word.ShouldBe("milk");
        (await host.DeadLettersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_dead_letter_is_not_found()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        var answer = await host.Operator()
            .PostAsync($"/api/ops/dead-letters/{Guid.CreateVersion7()}/replay", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<HttpStatusCode> ReplayAsync(ModuleHost host, JsonElement letter)
    {
        var id = letter.GetProperty("id").GetGuid();
        return (await host.Operator().PostAsync($"/api/ops/dead-letters/{id}/replay", null)).StatusCode;
    }
}

public sealed class DeadLetterOnPostgreSqlTests() : DeadLetterTests(TestEngine.PostgreSql);
