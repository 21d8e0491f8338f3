using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
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

    /// <summary>There is a writer in flight at every moment, but never one for long.</summary>
    [Fact]
    [Trait("Fault", "S6")]
    public async Task Who_writes_later_is_not_waited_for()
    {
        var current = await BeginAsync(1);
        await SayAsync(2);

        var reading = _host.NotesSourceOfAnotherReplica().ReadGaplesslyAsync();
        while (!reading.IsCompleted)
        {
            var next = await BeginAsync(3);
            await current.DisposeAsync();
            current = next;
        }
        await current.DisposeAsync();

        (await reading)[0].Payload.ShouldContain("2");
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
        await using var scope = await BeginAsync(number);
        var database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        if (commits)
            await database.Database.CommitTransactionAsync();
    }

    /// <summary>A transaction that has said something and is rolled back unless it is committed.</summary>
    private async Task<AsyncServiceScope> BeginAsync(int number)
    {
        var scope = Open(out var database);
        await database.Database.BeginTransactionAsync();
        database.Say(_ann, new WordNoted(_ann, number));
        await database.SaveChangesAsync();
        return scope;
    }

    private AsyncServiceScope Open(out NotesDbContext database)
    {
        var scope = _host.Services.CreateAsyncScope();
        database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        return scope;
    }
}
