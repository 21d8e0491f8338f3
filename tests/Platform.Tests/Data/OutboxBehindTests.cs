using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Data;
using Platform.Modules;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;

namespace Platform.Tests.Data;

/// <summary>A restore or a switch between servers may leave the sequence of an outbox behind its rows.</summary>
public sealed class OutboxBehindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(TestEngine.PostgreSql);
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    [Trait("Fault", "S7")]
    public async Task A_sequence_that_is_behind_is_set_right_at_the_start()
    {
        await using (var before = await StartAsync())
            await SayManyAsync(before);
        await FallBehindAsync();

        await using var host = await StartAsync(created: true);

        (await JotAsync(host)).ShouldBe(HttpStatusCode.OK);
        _talk.SayWords(_ann, "one", "two");
        await host.CaughtUpAsync();
        (await host.DeadLettersAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "S7")]
    public async Task One_that_falls_behind_while_the_process_runs_is_set_right_and_nobody_hears_of_a_lost_race()
    {
        await using var host = await StartAsync();
        await SayManyAsync(host);

        await FallBehindAsync();
        _talk.SayWords(_ann, "one", "two");
        var answers = new List<HttpStatusCode>();
        await Eventually.HoldsAsync(
            async () =>
            {
                answers.Add(await JotAsync(host));
                return answers[^1] == HttpStatusCode.OK;
            },
            "the outbox takes what is said again"
        );

        answers.ShouldNotContain(HttpStatusCode.Conflict);
        await host.CaughtUpAsync();
        (await host.NotesAsync(_ann)).Count.ShouldBe(2);
        (await host.DeadLettersAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "S7")]
    public async Task A_login_that_may_not_set_it_right_says_who_may()
    {
        await using (var before = await StartAsync())
            await SayManyAsync(before);
        await FallBehindAsync();
        await ExecuteAsync(
            """
            CREATE ROLE reader_of_sequences LOGIN PASSWORD 'secret';
            GRANT USAGE ON SCHEMA notes TO reader_of_sequences;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA notes TO reader_of_sequences;
            GRANT SELECT ON ALL SEQUENCES IN SCHEMA notes TO reader_of_sequences;
            """
        );
        var login = new NpgsqlConnectionStringBuilder(await _folder.DatabaseAsync())
        {
            Username = "reader_of_sequences",
            Password = "secret",
        };

        await using var host = await StartAsync(
            created: true,
            new Dictionary<string, string?> { ["Database:ConnectionString"] = login.ConnectionString }
        );

        var gate = host
            .Services.GetRequiredService<ModuleGates>()
            .Of(host.Services.GetRequiredService<ModuleCatalog>().Modules.Single());
        gate.StartError!.ShouldContain("notes.outbox hands out positions that are taken");
        gate.StartError!.ShouldContain("'migrate'");
    }

    [Fact]
    [Trait("Fault", "S7")]
    public async Task A_key_of_the_module_that_is_taken_is_still_a_lost_race()
    {
        await using var host = await StartAsync();
        var note = new Note
        {
            Id = Guid.CreateVersion7(),
            Speaker = _ann,
            Number = 1,
            Word = "word",
            Before = 0,
        };

        var first = await SaveAsync(host, note);
        var second = await SaveAsync(host, note);

        first.ShouldBeNull();
        DatabaseFailure.IsDuplicate(second!).ShouldBeTrue();
        DatabaseFailure.IsUnreachable(second!).ShouldBeFalse();
    }

    /// <summary>Its repetition would otherwise leave a gap, which readers have to wait out.</summary>
    [Fact]
    [Trait("Fault", "Q4")]
    public async Task A_key_that_is_sent_again_draws_no_position()
    {
        await using var host = await StartAsync();
        var caller = Guid.CreateVersion7();

        for (var time = 0; time < 3; time++)
            (await JotAsync(host, caller)).ShouldBe(HttpStatusCode.OK);
        (await JotAsync(host)).ShouldBe(HttpStatusCode.OK);

        (
            await host.ReadAsync<NotesDbContext, List<long>>(database =>
                database.Outbox.OrderBy(row => row.Position).Select(row => row.Position).ToListAsync()
            )
        ).ShouldBe([1, 2]);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ModuleHost> StartAsync(
        bool created = false,
        IReadOnlyDictionary<string, string?>? settings = null
    ) => NotesHost.StartAsync(_folder, _talk, settings, created);

    private static async Task SayManyAsync(ModuleHost host)
    {
        for (var number = 0; number < 5; number++)
            (await JotAsync(host)).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> JotAsync(ModuleHost host, Guid? caller = null)
    {
        var answer = await host.Anonymous()
            .PostAsJsonAsync(
                "/api/notes/jotted",
                new
                {
                    CallerId = caller ?? Guid.CreateVersion7(),
                    IdempotencyKey = "key",
                    Word = "word",
                }
            );
        return answer.StatusCode;
    }

    private static async Task<Exception?> SaveAsync(ModuleHost host, Note note)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        database.Notes.Add(note);
        try
        {
            await database.SaveChangesAsync();
            return null;
        }
        catch (DbUpdateException refused)
        {
            return refused;
        }
    }

    private Task FallBehindAsync() =>
        ExecuteAsync("SELECT setval(pg_get_serial_sequence('notes.outbox', 'Position'), 1)");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await _folder.DatabaseAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
