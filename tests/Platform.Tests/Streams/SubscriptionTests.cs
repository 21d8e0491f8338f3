using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

public class SubscriptionTests : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();

    public SubscriptionTests()
        : this(TestEngines.Default) { }

    protected SubscriptionTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    [Fact]
    public async Task Events_take_effect_once_and_in_order()
    {
        for (var number = 1; number <= 450; number++)
            _talk.Say(_ann, new WordSaid(_ann, number, "word"));

        await using var host = await NotesHost.StartAsync(_folder, _talk);
        await host.CaughtUpAsync();

        var notes = await host.NotesAsync();
        notes.Select(note => note.Number).ShouldBe(Enumerable.Range(1, 450));
        (await host.SaidAsync<NotesDbContext>(typeof(WordNoted)))
            .Cast<WordNoted>()
            .Select(noted => noted.Number)
            .ShouldBe(Enumerable.Range(1, 450));
    }

    [Fact]
    public async Task A_later_event_of_a_batch_sees_what_an_earlier_one_did()
    {
        _talk.SayWords(_ann, "one", "two", "three");

        await using var host = await NotesHost.StartAsync(_folder, _talk);
        await host.CaughtUpAsync();

        (await host.NotesAsync()).Select(note => note.Before).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task A_restarted_process_goes_on_where_it_stopped()
    {
        _talk.SayWords(_ann, "one", "two");
        await using (var first = await NotesHost.StartAsync(_folder, _talk))
            await first.CaughtUpAsync();
        _talk.Say(_ann, new WordSaid(_ann, 3, "three"));

        await using var second = await NotesHost.StartAsync(_folder, _talk);
        await second.CaughtUpAsync();

        (await second.NotesAsync()).Select(note => note.Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task An_event_that_is_said_while_all_is_quiet_is_handled_at_once()
    {
        await using var host = await NotesHost.StartAsync(
            _folder,
            _talk,
            new Dictionary<string, string?> { ["Streams:Poll"] = "01:00:00" }
        );

        _talk.SayWords(_ann, "hello");

        await Eventually.HoldsAsync(async () => (await host.NotesAsync()).Count == 1, "the word is noted");
    }

    [Fact]
    public async Task A_module_that_leaves_is_not_held_up_by_an_event_that_is_tried_again()
    {
        await using var host = await NotesHost.StartAsync(
            _folder,
            _talk,
            new Dictionary<string, string?> { ["Streams:RetryDelays:0"] = "00:10:00" }
        );
        var gate = host
            .Services.GetRequiredService<ModuleGates>()
            .Of(host.Services.GetRequiredService<ModuleCatalog>().Modules.Single());
        host.Poison().Add("arsenic");
        _talk.SayWords(_ann, "tea", "arsenic", "coffee");
        await Eventually.HoldsAsync(
            async () => (await StateAsync(host)).State == "Retrying",
            "it is to be tried again"
        );

        gate.Stay(isHere: false, isPaused: false);
        await Eventually.HoldsAsync(() => gate.UnderWay == 0, "nothing is under way any more");
        host.Poison().Remove("arsenic");
        gate.Stay(isHere: true, isPaused: false);
        await host.CaughtUpAsync();

        (await host.NotesAsync()).Select(note => note.Word).ShouldBe(["tea", "arsenic", "coffee"]);
        (await host.DeadLettersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_of_no_interest_is_passed_over()
    {
        _talk.Say(_ann, new CoughHeard(_ann));

        await using var host = await NotesHost.StartAsync(_folder, _talk);
        await host.CaughtUpAsync();

        (await host.NotesAsync()).ShouldBeEmpty();
        (await host.DeadLettersAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_of_no_interest_are_passed_without_a_commit_for_each_batch()
    {
        var commits = 0;
        for (var batch = 0; batch < 5; batch++)
        for (var cough = 0; cough < 200; cough++)
            _talk.Say(_ann, new CoughHeard(_ann));
        await using var host = await ModuleHost.StartAsync(
            _folder,
            [new NotesModule()],
            [_talk],
            settings: new Dictionary<string, string?> { ["Streams:Poll"] = "01:00:00" },
            createTables: true,
            faults: place => commits += place == "committed" ? 1 : 0
        );
        await host.CaughtUpAsync();
        await Eventually.HoldsAsync(() => commits > 0, "the cursor is stored");
        commits.ShouldBe(1);

        _talk.Say(_bob, new CoughHeard(_bob));
        _talk.SayWords(_ann, "one", "two");
        await host.CaughtUpAsync();

        (await host.NotesAsync()).Select(note => note.Number).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task An_event_that_nobody_can_read_is_parked_and_the_rest_goes_on()
    {
        _talk.SayRaw(_ann, "talk.word-sung.v7", "{}");
        _talk.SayRaw(_bob, WordSaid.Alias, "{\"speaker\":12");
        var carol = Guid.CreateVersion7();
        _talk.SayWords(carol, "hello");

        await using var host = await NotesHost.StartAsync(_folder, _talk);
        await host.CaughtUpAsync();

        (await host.NotesAsync()).ShouldHaveSingleItem().Speaker.ShouldBe(carol);
        var letters = await host.DeadLettersAsync();
        letters
            .Select(letter => letter.GetProperty("type").GetString())
            .ShouldBe(["talk.word-sung.v7", WordSaid.Alias], ignoreOrder: true);
    }

    [Fact]
    public async Task A_paused_module_stands_still_and_catches_up_in_order_when_it_is_resumed()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        var operators = host.Operator();
        (await operators.PostAsync("/api/ops/modules/notes/pause", null)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );

        _talk.SayWords(_ann, "one", "two", "three");
        var refused = await host.Anonymous()
            .PostAsJsonAsync("/api/notes", new { speaker = _ann, word = "x" });
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        var modules = await operators.GetFromJsonAsync<JsonElement>("/api/ops/modules");
        modules[0].GetProperty("state").GetString().ShouldBe("paused", StringCompareShould.IgnoreCase);
        modules[0].GetProperty("subscriptions")[0].GetProperty("lag").GetInt64().ShouldBe(3);
        (await host.NotesAsync()).ShouldBeEmpty();

        (await operators.PostAsync("/api/ops/modules/notes/resume", null)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        await host.CaughtUpAsync();
        (await host.NotesAsync()).Select(note => note.Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_stream_that_ends_before_the_cursor_stops_the_subscription_and_is_reported()
    {
        _talk.SayWords(_ann, "one", "two", "three");
        await using (var first = await NotesHost.StartAsync(_folder, _talk))
            await first.CaughtUpAsync();
        var restored = new PlantedStream("talk") { Identity = _talk.Identity };
        restored.SayWords(_ann, "other");

        await using var second = await NotesHost.StartAsync(_folder, restored);

        await Eventually.HoldsAsync(
            async () =>
            {
                var (state, lastError) = await StateAsync(second);
                return state == "Broken" && lastError!.Contains("ends at 1");
            },
            "the lost stream is reported"
        );
    }

    [Fact]
    public async Task Only_operators_may_pause_a_module()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);

        var nobody = await host.Anonymous().PostAsync("/api/ops/modules/notes/pause", null);
        var customer = await host.As("customer", _ann).PostAsync("/api/ops/modules/notes/pause", null);

        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        customer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<(string? State, string? LastError)> StateAsync(ModuleHost host)
    {
        var modules = await host.Operator().GetFromJsonAsync<JsonElement>("/api/ops/modules");
        var subscription = modules[0].GetProperty("subscriptions")[0];
        return (
            subscription.GetProperty("state").GetString(),
            subscription.GetProperty("lastError").GetString()
        );
    }
}

public sealed class SubscriptionOnPostgreSqlTests() : SubscriptionTests(TestEngine.PostgreSql);
