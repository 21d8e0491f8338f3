using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Platform.Commands;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Commands;

/// <summary>Old answers are removed a few at a time, so that no engine locks the whole table for it.</summary>
public sealed class IdempotencyTrimmerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(TestEngine.PostgreSql);
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [Fact]
    [Trait("Fault", "Q6")]
    public async Task However_many_there_are_no_statement_removes_more_than_a_thousand()
    {
        await using var host = await ModuleHost.StartAsync(
            _folder,
            [new NotesModule()],
            [new PlantedStream("talk")],
            clock: _clock,
            createTables: true
        );
        await host.ReadAsync<NotesDbContext, int>(database =>
            database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO notes.idempotency_key ("CallerId", "Key", "Fingerprint", "Answer", "CreatedAt")
                SELECT gen_random_uuid(), 'key', '', '', {_clock.GetUtcNow()} FROM generate_series(1, 2500);
                CREATE TABLE notes.removal (rows bigint);
                CREATE FUNCTION notes.note_removal() RETURNS trigger LANGUAGE plpgsql AS
                  'BEGIN INSERT INTO notes.removal SELECT count(*) FROM gone; RETURN NULL; END';
                CREATE TRIGGER note_removal AFTER DELETE ON notes.idempotency_key
                  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION notes.note_removal();
                """
            )
        );
        _clock.Advance(TimeSpan.FromDays(30));

        await host
            .Services.GetServices<IHostedService>()
            .OfType<IdempotencyTrimmer>()
            .Single()
            .TrimAsync(CancellationToken.None);

        await Eventually.HoldsAsync(
            async () => (await RemovalsAsync(host)).Sum() == 2_500,
            "all of them are removed, by this trimmer and by the host's own, which the clock has woken"
        );
        (await RemovalsAsync(host)).Max().ShouldBe(1_000);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<List<long>> RemovalsAsync(ModuleHost host) =>
        host.ReadAsync<NotesDbContext, List<long>>(database =>
            database.Database.SqlQuery<long>($"SELECT rows AS \"Value\" FROM notes.removal").ToListAsync()
        );
}
