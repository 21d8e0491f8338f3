using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;

namespace Platform.Tests.Commands;

public class CommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder;
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _caller = Guid.CreateVersion7();
    private ModuleHost _host = null!;

    public CommandTests()
        : this(TestEngines.Default) { }

    protected CommandTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    public async ValueTask InitializeAsync() => _host = await NotesHost.StartAsync(_folder, _talk);

    [Fact]
    public async Task A_done_command_is_saved_together_with_what_it_says()
    {
        (await NoteAsync("key", "hello")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await _host.NotesAsync()).ShouldHaveSingleItem().Word.ShouldBe("hello");
        (await _host.SaidAsync<NotesDbContext>(typeof(WordNoted))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_query_within_a_command_sees_what_the_command_did() =>
        (await (await NoteAsync("key", "hello")).Content.ReadFromJsonAsync<int>()).ShouldBe(1);

    [Theory]
    [InlineData("refuse", HttpStatusCode.UnprocessableEntity)]
    [InlineData("arsenic", HttpStatusCode.InternalServerError)]
    public async Task Nothing_of_a_refused_or_failed_command_is_saved(string word, HttpStatusCode status)
    {
        _host.Poison().Add("arsenic");

        (await NoteAsync("key", word)).StatusCode.ShouldBe(status);

        (await _host.NotesAsync()).ShouldBeEmpty();
        (await _host.SaidAsync<NotesDbContext>(typeof(WordNoted))).ShouldBeEmpty();
        (await NoteAsync("key", "better")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wrong_field_is_named_as_the_client_spells_it()
    {
        var answer = await NoteAsync("key", new string('x', 21));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("validation_failed");
        problem.GetProperty("errors").GetProperty("word").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_the_same_body_gets_the_first_answer()
    {
        await NoteAsync("first", "hello");
        (await (await NoteAsync("second", "world")).Content.ReadFromJsonAsync<int>()).ShouldBe(2);

        (await (await NoteAsync("first", "hello")).Content.ReadFromJsonAsync<int>()).ShouldBe(1);
        (await _host.NotesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await NoteAsync("key", "hello");

        var answer = await NoteAsync("key", "world");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task The_same_key_many_times_at_once_has_one_effect_and_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NoteAsync("key", "hello")));

        foreach (var answer in answers)
            (await answer.Content.ReadFromJsonAsync<int>()).ShouldBe(1);
        (await _host.NotesAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Keys_of_different_callers_never_meet()
    {
        await NoteAsync("key", "hello");
        await NoteAsync("key", "world", Guid.CreateVersion7());
        (await _host.NotesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_changes_to_one_aggregate_at_once_one_wins_and_the_other_is_told_so()
    {
        _talk.SayWords(_ann, "hello");
        await _host.CaughtUpAsync();
        _host.Services.GetRequiredService<RenameRace>().Barrier = new Barrier(2);

        var answers = await Task.WhenAll(RenameAsync("Ann"), RenameAsync("Anna"));

        answers
            .Select(answer => answer.StatusCode)
            .ShouldBe([HttpStatusCode.NoContent, HttpStatusCode.Conflict], ignoreOrder: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private Task<HttpResponseMessage> NoteAsync(string key, string word, Guid? caller = null) =>
        _host
            .Anonymous()
            .PostAsJsonAsync(
                "/api/notes",
                new
                {
                    callerId = caller ?? _caller,
                    idempotencyKey = key,
                    speaker = _ann,
                    word,
                }
            );

    private Task<HttpResponseMessage> RenameAsync(string name) =>
        _host.Anonymous().PostAsJsonAsync($"/api/notes/{_ann}/rename", new { speaker = _ann, name });
}

public sealed class CommandOnPostgreSqlTests() : CommandTests(TestEngine.PostgreSql);
