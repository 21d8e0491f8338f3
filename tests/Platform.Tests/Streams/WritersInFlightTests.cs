using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Data;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>
/// On an engine with many writers positions commit in any order and some never do. No reader skips one that commits
/// late, and none waits for one that was rolled back.
/// </summary>
public sealed class WritersInFlightTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new(
        TestEngines.Default == TestEngine.SqlServer ? TestEngine.SqlServer : TestEngine.PostgreSql
    );
    private readonly Guid _ann = Guid.CreateVersion7();
    private ModuleHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await NotesHost.StartAsync(_folder, new PlantedStream("talk"));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_commits_late_is_waited_for_and_comes_in_order()
    {
        await using var late = await Writer.BeginAsync(_host, _ann, 1);
        await using (var early = await Writer.BeginAsync(_host, _ann, 2))
            await early.CommitAsync();
        var source = new WatchedSource(Source);

        var reading = source.ReadGaplesslyAsync();
        await source.WaitsForWriters;
        await late.CommitAsync();

        (await reading).Select(read => read.Position).ShouldBe([late.Position, late.Position + 1]);
    }

    [Fact]
    public async Task What_was_rolled_back_is_passed_over()
    {
        await using (var never = await Writer.BeginAsync(_host, _ann, 1)) { }
        await using (var done = await Writer.BeginAsync(_host, _ann, 2))
            await done.CommitAsync();

        (await Source.ReadGaplesslyAsync()).ShouldHaveSingleItem().Payload.ShouldContain("2");
    }

    [Fact]
    public async Task Who_is_stuck_holds_up_the_stream_but_no_other_writer()
    {
        await using var stuck = await Writer.BeginAsync(_host, _ann, 1);
        await using (var done = await Writer.BeginAsync(_host, _ann, 2))
            await done.CommitAsync();

        var refused = await Should.ThrowAsync<Exception>(() => Source.ReadGaplesslyAsync());
        DatabaseFailure.IsUnreachable(refused).ShouldBeTrue(refused.ToString());
        await using (var another = await Writer.BeginAsync(_host, _ann, 3))
            await another.CommitAsync();
        await stuck.CommitAsync();

        (await Source.ReadGaplesslyAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Of_many_writers_at_once_every_committed_event_is_read_once_and_in_order()
    {
        const int Writers = 6;
        const int Each = 40;
        var committed = new List<int>();
        var writing = Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        for (var number = writer * Each; number < (writer + 1) * Each; number++)
                        {
                            await using var transaction = await Writer.BeginAsync(_host, _ann, number);
                            if (number % 5 == 0)
                                continue;
                            await transaction.CommitAsync();
                            lock (committed)
                                committed.Add(number);
                        }
                    })
                )
        );

        var read = new List<StreamEvent>();
        while (!writing.IsCompleted || read.Count < committed.Count)
            read.AddRange(await Source.ReadGaplesslyAsync(read.Count == 0 ? 0 : read[^1].Position));
        await writing;

        read.Select(one => one.Position).ShouldBe(read.Select(one => one.Position).Distinct().Order());
        read.Select(one => ((WordNoted)EventType.Of(typeof(WordNoted)).Deserialize(one.Payload)).Number)
            .Order()
            .ShouldBe(committed.Order());
    }

    private IStreamSource Source => _host.NotesSourceOfAnotherReplica();

    /// <summary>A transaction that has said something and not ended.</summary>
    private sealed class Writer(AsyncServiceScope scope, NotesDbContext database) : IAsyncDisposable
    {
        public long Position => database.ChangeTracker.Entries<OutboxRow>().Single().Entity.Position;

        public static async Task<Writer> BeginAsync(ModuleHost host, Guid speaker, int number)
        {
            var scope = host.Services.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
            await database.Database.BeginTransactionAsync();
            database.Say(speaker, new WordNoted(speaker, number));
            await database.SaveChangesAsync();
            return new Writer(scope, database);
        }

        public Task CommitAsync() => database.Database.CommitTransactionAsync();

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }

    /// <summary>Tells when its reader has found a gap that stays.</summary>
    private sealed class WatchedSource(IStreamSource source) : IStreamSource
    {
        private readonly TaskCompletionSource _waits = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task WaitsForWriters => _waits.Task;

        public string Stream => source.Stream;

        public Task<IReadOnlyList<StreamEvent>> ReadAsync(
            long position,
            int limit,
            CancellationToken cancellationToken
        ) => source.ReadAsync(position, limit, cancellationToken);

        public Task<long> HeadAsync(CancellationToken cancellationToken) =>
            source.HeadAsync(cancellationToken);

        public Task<StreamStanding> StandingAsync(long position, CancellationToken cancellationToken) =>
            source.StandingAsync(position, cancellationToken);

        public Task<StreamPlace> PlaceAsync(
            long upTo,
            DateTimeOffset? saidBy,
            CancellationToken cancellationToken
        ) => source.PlaceAsync(upTo, saidBy, cancellationToken);

        public Task WaitOutWritersAsync(CancellationToken cancellationToken)
        {
            _waits.TrySetResult();
            return source.WaitOutWritersAsync(cancellationToken);
        }
    }
}
