using System.Net;
using System.Net.Http.Json;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;

namespace Platform.Tests.Data;

/// <summary>What many ask for at the same time is committed together, and each gets what it would get alone.</summary>
public class GroupCommitTests : IAsyncLifetime
{
    private const int Callers = 40;

    private readonly TemporaryFolder _folder;
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _caller = Guid.CreateVersion7();
    private ModuleHost _host = null!;

    public GroupCommitTests()
        : this(TestEngines.Default) { }

    protected GroupCommitTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    public async ValueTask InitializeAsync() => _host = await NotesHost.StartAsync(_folder, _talk);

    [Fact]
    public async Task All_that_was_answered_is_there_and_said_once()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, Callers).Select(number => JotAsync($"key {number}", $"word {number}"))
        );

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await _host.NotesAsync())
            .Select(note => note.Word)
            .ShouldBe(Enumerable.Range(0, Callers).Select(number => $"word {number}"), ignoreOrder: true);
        (await _host.SaidAsync<NotesDbContext>(typeof(WordNoted))).Count.ShouldBe(Callers);
    }

    [Fact]
    public async Task One_that_cannot_be_saved_spoils_no_other_of_its_group()
    {
        await JotAsync("taken", "first");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(number => JotAsync(number % 4 == 0 ? "taken" : $"key {number}", "again"))
        );

        for (var number = 0; number < Callers; number++)
        {
            answers[number]
                .StatusCode.ShouldBe(number % 4 == 0 ? HttpStatusCode.Conflict : HttpStatusCode.OK);
        }
        (await _host.NotesAsync()).Count.ShouldBe(1 + Callers - Callers / 4);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private Task<HttpResponseMessage> JotAsync(string key, string word) =>
        _host
            .Anonymous()
            .PostAsJsonAsync(
                "/api/notes/jotted",
                new
                {
                    callerId = _caller,
                    idempotencyKey = key,
                    word,
                }
            );
}

public sealed class GroupCommitOnPostgreSqlTests() : GroupCommitTests(TestEngine.PostgreSql);
