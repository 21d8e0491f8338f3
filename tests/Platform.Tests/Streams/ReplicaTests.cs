using Microsoft.Extensions.DependencyInjection;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

public class ReplicaTests : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _ann = Guid.CreateVersion7();

    public ReplicaTests()
        : this(TestEngines.Default) { }

    protected ReplicaTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    [Fact]
    public async Task One_replica_handles_the_stream_and_another_takes_over_when_it_stops()
    {
        var first = await NotesHost.StartAsync(_folder, _talk);
        _talk.SayWords(_ann, "one");
        await first.CaughtUpAsync();
        await using var second = await NotesHost.StartAsync(_folder, _talk);
        var standby = second.Services.GetRequiredService<SubscriptionRunner>().All.Single();
        await Eventually.HoldsAsync(
            () => standby.Status.State == SubscriptionState.Standby,
            "the second stands by"
        );

        await first.DisposeAsync();
        _talk.Say(_ann, new WordSaid(_ann, 2, "two"));
        await second.CaughtUpAsync();

        (await second.NotesAsync()).Select(note => note.Number).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Replicas_that_both_believe_to_hold_the_lease_still_have_each_effect_once()
    {
        // Leases that have always run out already: both replicas work on every event, and only the cursor decides.
        var settings = new Dictionary<string, string?>
        {
            ["Streams:Lease"] = "00:00:00.0000001",
            ["Streams:BatchSize"] = "7",
        };
        await using var first = await NotesHost.StartAsync(_folder, _talk, settings);
        await using var second = await NotesHost.StartAsync(_folder, _talk, settings);

        for (var number = 1; number <= 200; number++)
            _talk.Say(_ann, new WordSaid(_ann, number, "word"));
        await first.CaughtUpAsync();
        await second.CaughtUpAsync();

        (await first.NotesAsync()).Select(note => note.Number).ShouldBe(Enumerable.Range(1, 200));
        (await first.DeadLettersAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "S8")]
    public async Task A_lease_that_lies_further_ahead_than_leases_do_is_taken_over()
    {
        await using (var first = await NotesHost.StartAsync(_folder, _talk))
        {
            _talk.SayWords(_ann, "one");
            await first.CaughtUpAsync();
            await first.LeaseToAsync(Guid.CreateVersion7(), TimeSpan.FromHours(1));
        }
        _talk.Say(_ann, new WordSaid(_ann, 2, "two"));

        await using var second = await NotesHost.StartAsync(_folder, _talk);
        await second.CaughtUpAsync();

        (await second.NotesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Fault", "S8")]
    public async Task Events_that_wait_for_a_replica_that_does_nothing_are_told()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Streams:Poll"] = "00:00:00.050",
            ["Streams:Lease"] = "00:00:00.500",
        };
        await using var host = await NotesHost.StartAsync(_folder, _talk, settings);
        await host.CaughtUpAsync();
        using var holding = new CancellationTokenSource();
        var idle = host.HoldLeaseAsync(TimeSpan.FromMilliseconds(900), holding.Token);
        var subscription = host.Services.GetRequiredService<SubscriptionRunner>().All.Single();
        await Eventually.HoldsAsync(
            () => subscription.Status.State == SubscriptionState.Standby,
            "another holds the lease"
        );

        // The idle one may be late with its lease, and what waited then is handled: something else has to wait.
        var said = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                if ((await host.PlaceAsync()).Position == said)
                    _talk.Say(_ann, new WordSaid(_ann, ++said, "one"));
                return subscription.Status.State == SubscriptionState.Unserved;
            },
            "it is told that nobody serves it"
        );
        await holding.CancelAsync();
        await idle;
        await host.CaughtUpAsync();
    }

    public void Dispose() => _folder.Dispose();
}

public sealed class ReplicaOnPostgreSqlTests() : ReplicaTests(TestEngine.PostgreSql);
