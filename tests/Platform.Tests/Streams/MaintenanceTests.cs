using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>Who reads a stream waits for those who write to its outbox, and for nobody else.</summary>
public sealed class MaintenanceTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new(TestEngine.PostgreSql);
    private readonly Guid _ann = Guid.CreateVersion7();
    private ModuleHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await NotesHost.StartAsync(_folder, new PlantedStream("talk"));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The lock that VACUUM, ANALYZE and CREATE INDEX CONCURRENTLY hold for their whole length.</summary>
    [Fact]
    [Trait("Fault", "S6")]
    public async Task Maintenance_of_an_outbox_with_a_gap_holds_up_neither_readers_nor_writers()
    {
        await using var maintenance = Open(out var database);
        await database.Database.BeginTransactionAsync();
        await database.Database.ExecuteSqlAsync($"LOCK TABLE notes.outbox IN SHARE UPDATE EXCLUSIVE MODE");
        await SayAsync(1, commits: false);
        await SayAsync(2);
        var source = _host.NotesSourceOfAnotherReplica();

        var reading = source.ReadGaplesslyAsync();
        var slowest = TimeSpan.Zero;
        while (!reading.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            await SayAsync(3);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }

        (await reading)[0].Payload.ShouldContain("2");
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    [Trait("Fault", "S6")]
    public async Task Who_writes_after_the_gap_was_seen_is_not_waited_for()
    {
        await SayAsync(1, commits: false);
        await SayAsync(2);
        await using var later = Open(out var database);
        await database.Database.BeginTransactionAsync();
        var source = new LateWriterSource(
            _host.NotesSourceOfAnotherReplica(),
            async () =>
            {
                database.Say(_ann, new WordNoted(_ann, 3));
                await database.SaveChangesAsync();
            }
        );

        (await source.ReadGaplesslyAsync()).ShouldHaveSingleItem().Payload.ShouldContain("2");

        await database.Database.CommitTransactionAsync();
        (await source.ReadGaplesslyAsync(2)).ShouldHaveSingleItem().Payload.ShouldContain("3");
    }

    [Fact]
    [Trait("Fault", "S6")]
    public async Task Who_is_stuck_is_named()
    {
        await using var stuck = Open(out var database);
        await database.Database.BeginTransactionAsync();
        database.Say(_ann, new WordNoted(_ann, 1));
        await database.SaveChangesAsync();
        var process = await database
            .Database.SqlQuery<int>($"SELECT pg_backend_pid() AS \"Value\"")
            .SingleAsync();
        await SayAsync(2);

        var refused = await Should.ThrowAsync<WritersInFlightException>(() =>
            _host.NotesSourceOfAnotherReplica().ReadGaplesslyAsync()
        );

        refused.Message.ShouldContain($"process {process} of ");
        refused.Message.ShouldContain("monolith-notes");
        refused.Message.ShouldContain("idle in transaction");
    }

    [Fact]
    [Trait("Fault", "S6")]
    public async Task A_prepared_transaction_is_waited_for_and_named()
    {
        await using var preparing = Open(out var database);
        await database.Database.BeginTransactionAsync();
        database.Say(_ann, new WordNoted(_ann, 1));
        await database.SaveChangesAsync();
        await database.Database.ExecuteSqlAsync($"PREPARE TRANSACTION 'half-way'");
        await SayAsync(2);
        var source = _host.NotesSourceOfAnotherReplica();

        var refused = await Should.ThrowAsync<WritersInFlightException>(() => source.ReadGaplesslyAsync());
        refused.Message.ShouldContain("the prepared transaction 'half-way'");

        await using var finishing = Open(out var other);
        await other.Database.ExecuteSqlAsync($"COMMIT PREPARED 'half-way'");
        (await source.ReadGaplesslyAsync()).Count.ShouldBe(2);
    }

    private async Task SayAsync(int number, bool commits = true)
    {
        await using var scope = Open(out var database);
        await database.Database.BeginTransactionAsync();
        database.Say(_ann, new WordNoted(_ann, number));
        await database.SaveChangesAsync();
        if (commits)
            await database.Database.CommitTransactionAsync();
        else
            await database.Database.RollbackTransactionAsync();
    }

    private AsyncServiceScope Open(out NotesDbContext database)
    {
        var scope = _host.Services.CreateAsyncScope();
        database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        return scope;
    }

    /// <summary>Somebody begins to write in the moment that writers are to be waited out.</summary>
    private sealed class LateWriterSource(IStreamSource source, Func<Task> write) : IStreamSource
    {
        private bool _written;

        public string Stream => source.Stream;

        public Task<IReadOnlyList<StreamEvent>> ReadAsync(
            long position,
            int limit,
            CancellationToken cancellationToken
        ) => source.ReadAsync(position, limit, cancellationToken);

        public Task<long> HeadAsync(CancellationToken cancellationToken) =>
            source.HeadAsync(cancellationToken);

        public async Task WaitOutWritersAsync(CancellationToken cancellationToken)
        {
            var waiting = source.WaitOutWritersAsync(cancellationToken);
            if (!_written)
                await write();
            _written = true;
            await waiting;
        }
    }
}
