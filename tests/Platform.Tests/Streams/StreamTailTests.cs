using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>What this process has committed is at hand, is the same as in the outbox, and hides nothing from others.</summary>
public sealed class StreamTailTests
{
    public static TheoryData<TestEngine> Engines => [TestEngine.Sqlite, TestEngine.PostgreSql];

    private readonly StreamTail _tail = new();
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    public void Yields_what_comes_next_and_what_follows_it_as_far_as_it_is_at_hand()
    {
        Add(3, 4, 6);

        Positions(2).ShouldBe([3, 4, 6]);
        Positions(3).ShouldBe([4, 6]);
        Positions(2, limit: 2).ShouldBe([3, 4]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void Yields_nothing_where_what_comes_next_is_not_at_hand(long position)
    {
        Add(3, 4, 6);

        Positions(position).ShouldBeEmpty();
    }

    [Fact]
    public void Keeps_the_newest_only()
    {
        Add([.. Enumerable.Range(1, 2_000).Select(position => (long)position)]);

        Positions(0).ShouldBeEmpty();
        Positions(1_000).ShouldBeEmpty();
        Positions(1_990).ShouldBe(Enumerable.Range(1_991, 10).Select(position => (long)position));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_is_at_hand_is_what_the_outbox_has(TestEngine engine)
    {
        using var folder = new TemporaryFolder(engine);
        await using var host = await NotesHost.StartAsync(folder, new PlantedStream("talk"));
        await SayAsync(host, 1, inTransaction: false);
        await SayAsync(host, 2, inTransaction: true);
        await SayAsync(host, 3, inTransaction: false);

        var atHand = host.Services.GetRequiredService<StreamTails>().Of("notes").After(0, 100);

        atHand.Count.ShouldBe(3);
        atHand.ShouldBe(await host.NotesSourceOfAnotherReplica().ReadAsync(0, 100, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_is_not_committed_is_not_at_hand(TestEngine engine)
    {
        using var folder = new TemporaryFolder(engine);
        await using var host = await NotesHost.StartAsync(folder, new PlantedStream("talk"));
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        var tail = host.Services.GetRequiredService<StreamTails>().Of("notes");

        await using (await database.Database.BeginTransactionAsync())
        {
            database.Say(_ann, new WordNoted(_ann, 1));
            await database.SaveChangesAsync();
        }
        database.ChangeTracker.Clear();
        await using (var transaction = await database.Database.BeginTransactionAsync())
        {
            database.Say(_ann, new WordNoted(_ann, 2));
            await database.SaveChangesAsync();
            Enumerable.Range(0, 5).ShouldAllBe(position => tail.After(position, 9).Count == 0);
            await transaction.CommitAsync();
        }

        var kept = await database.Outbox.AsNoTracking().SingleAsync();
        tail.After(kept.Position - 1, 9).ShouldBe([kept.At(kept.Position)]);
    }

    /// <summary>One replica says the first and the third, another the second.</summary>
    [Fact]
    public async Task What_another_replica_says_in_between_is_not_left_out()
    {
        using var folder = new TemporaryFolder();
        await using var one = await NotesHost.StartAsync(folder, new PlantedStream("talk"));
        await using var other = await NotesHost.StartAsync(folder, new PlantedStream("talk"), created: true);
        await SayAsync(one, 1);
        await SayAsync(other, 2);
        await SayAsync(one, 3);

        var reader = one.NotesSource().Gaplessly();
        var first = await reader.ReadAsync(0, 100, CancellationToken.None);
        first.Select(read => read.Position).ShouldBe([1]);
        reader.HasMore.ShouldBeTrue();

        var rest = await reader.ReadAsync(1, 100, CancellationToken.None);
        rest.Select(read => read.Position).ShouldBe([2, 3]);
        var missed = one
            .Services.GetRequiredService<StreamBroadcast>()
            .MissedAsync("notes", StreamTopic.Of(_ann), 0, 3, CancellationToken.None);
        (await missed.Select(read => read.Position).ToListAsync()).ShouldBe([1, 2, 3]);
    }

    /// <summary>Another replica goes on after the restore, under positions that this one has at hand.</summary>
    [Fact]
    [Trait("Fault", "S1")]
    public async Task What_was_at_hand_is_forgotten_when_the_outbox_was_put_back_under_a_running_process()
    {
        using var folder = new TemporaryFolder();
        await using var one = await NotesHost.StartAsync(folder, new PlantedStream("talk"));
        await using var other = await NotesHost.StartAsync(folder, new PlantedStream("talk"), created: true);
        for (var number = 1; number <= 3; number++)
            await SayAsync(one, number);

        await one.ReadAsync<NotesDbContext, int>(async database =>
        {
            await database.Outbox.Where(row => row.Position > 1).ExecuteDeleteAsync();
            return await database.Database.ExecuteSqlAsync(
                $"UPDATE sqlite_sequence SET seq = 1 WHERE name = 'outbox'"
            );
        });
        var standing = await one.NotesSource().StandingAsync(3, CancellationToken.None);
        standing.Head.ShouldBe(1);
        await SayAsync(other, 22);

        var read = await one.NotesSource().ReadNextAsync(1, 100, CancellationToken.None);
        read.ShouldHaveSingleItem().Payload.ShouldContain("22");
    }

    private void Add(params long[] positions)
    {
        foreach (var position in positions)
        {
            var key = Guid.CreateVersion7();
            _tail.Add(
                new StreamEvent(position, key, "talk.said.v1", key, "{}", DateTimeOffset.UnixEpoch, null)
            );
        }
    }

    private IEnumerable<long> Positions(long after, int limit = 1_000) =>
        _tail.After(after, limit).Select(found => found.Position);

    private async Task SayAsync(ModuleHost host, int number, bool inTransaction = false)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        if (inTransaction)
            await database.Database.BeginTransactionAsync();
        database.Say(_ann, new WordNoted(_ann, number));
        await database.SaveChangesAsync();
        if (inTransaction)
            await database.Database.CommitTransactionAsync();
    }
}
