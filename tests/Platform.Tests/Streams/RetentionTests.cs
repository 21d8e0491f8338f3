using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

public class RetentionTests : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PlantedStream _talk = new("talk");
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));
    private readonly Guid _ann = Guid.CreateVersion7();

    public RetentionTests()
        : this(TestEngines.Default) { }

    protected RetentionTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    [Fact]
    public async Task Events_past_their_retention_are_trimmed_and_younger_ones_stay()
    {
        await using var host = await StartAsync();
        _talk.SayWords(_ann, "old");
        await host.CaughtUpAsync();
        _clock.Advance(TimeSpan.FromDays(8));
        _talk.Say(_ann, new WordSaid(_ann, 2, "young"));
        await host.CaughtUpAsync();

        await Trimmer(host).TrimAsync(CancellationToken.None);

        (await OutboxAsync(host)).ShouldHaveSingleItem().Payload.ShouldContain("2");
    }

    /// <summary>The clock of the replica that said the second ran ahead.</summary>
    [Fact]
    [Trait("Fault", "Q6")]
    public async Task Trimming_looks_at_the_oldest_alone_and_ends_at_the_first_that_stays()
    {
        await using var host = await StartAsync();
        _talk.SayWords(_ann, "one", "two", "three");
        await host.CaughtUpAsync();
        await host.ReadAsync<NotesDbContext, int>(database =>
            database
                .Outbox.Where(row => row.Position == 2)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(row => row.OccurredAt, _clock.GetUtcNow().AddDays(5))
                )
        );
        _clock.Advance(TimeSpan.FromDays(8));

        await Trimmer(host).TrimAsync(CancellationToken.None);

        (await OutboxAsync(host)).Select(row => row.Position).Order().ShouldBe([2, 3]);
    }

    [Fact]
    public async Task The_newest_event_stays_so_that_the_head_never_falls_behind_a_cursor()
    {
        await using var host = await StartAsync();
        _talk.SayWords(_ann, "one", "two");
        await host.CaughtUpAsync();
        _clock.Advance(TimeSpan.FromDays(8));
        await Trimmer(host).TrimAsync(CancellationToken.None);
        (await OutboxAsync(host)).ShouldHaveSingleItem().Position.ShouldBe(2);

        _talk.Say(_ann, new WordSaid(_ann, 3, "three"));
        await host.CaughtUpAsync();

        (await OutboxAsync(host)).Select(row => row.Position).ShouldBe([2, 3]);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ModuleHost> StartAsync() =>
        ModuleHost.StartAsync(_folder, [new NotesModule()], [_talk], clock: _clock, createTables: true);

    private static Task<List<OutboxRow>> OutboxAsync(ModuleHost host) =>
        host.ReadAsync<NotesDbContext, List<OutboxRow>>(db => db.Outbox.ToListAsync());

    private static OutboxTrimmer Trimmer(ModuleHost host) =>
        host.Services.GetServices<IHostedService>().OfType<OutboxTrimmer>().Single();
}

public sealed class RetentionOnPostgreSqlTests() : RetentionTests(TestEngine.PostgreSql);
