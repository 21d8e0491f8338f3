using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>A row that somebody else holds is the trouble of its events alone.</summary>
public sealed class LockedRowTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new(TestEngine.PostgreSql);
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();
    private ModuleHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await NotesHost.StartAsync(
            _folder,
            _talk,
            new Dictionary<string, string?> { ["Streams:LockPatience"] = "00:00:00.100" }
        );
        _talk.SayWords(_ann, "hello");
        _talk.SayWords(_bob, "hello");
        await _host.CaughtUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Fault", "S5")]
    public async Task A_locked_row_parks_its_own_events_and_the_rest_of_the_stream_goes_on()
    {
        await using (var holding = Open(out var holder))
        {
            await holder.Database.BeginTransactionAsync();
            await holder
                .Speakers.FromSql($"SELECT * FROM notes.speaker WHERE \"Id\" = {_bob} FOR UPDATE")
                .LoadAsync();
            var process = await holder
                .Database.SqlQuery<int>($"SELECT pg_backend_pid() AS \"Value\"")
                .SingleAsync();

            _talk.Say(_bob, new WordSaid(_bob, 2, "one"));
            _talk.Say(_ann, new WordSaid(_ann, 2, "two"));
            await _host.CaughtUpAsync();

            (await _host.NotesAsync(_ann)).Count.ShouldBe(2);
            (await _host.NotesAsync(_bob)).Count.ShouldBe(1);
            var parked = (await _host.DeadLettersAsync()).ShouldHaveSingleItem();
            var error = parked.GetProperty("error").GetString()!;
            error.ShouldContain("A row of notes.speaker is locked by another transaction");
            error.ShouldContain($"process {process} of ");
            parked.GetProperty("attempts").GetInt32().ShouldBe(5);
        }

        var letter = (await _host.DeadLettersAsync()).Single().GetProperty("id").GetGuid();
        await _host.Operator().PostAsync($"/api/ops/dead-letters/{letter}/replay", null);
        await Eventually.HoldsAsync(
            async () => (await _host.NotesAsync(_bob)).Count == 2,
            "the word is noted once its speaker is free"
        );
    }

    /// <summary>Whatever needs the table waits alike, so no event is at fault.</summary>
    [Fact]
    [Trait("Fault", "S5")]
    public async Task A_locked_table_is_waited_for_and_parks_nothing()
    {
        await using (var holding = Open(out var holder))
        {
            await holder.Database.BeginTransactionAsync();
            await holder.Database.ExecuteSqlAsync($"LOCK TABLE notes.speaker IN SHARE MODE");

            _talk.Say(_bob, new WordSaid(_bob, 2, "one"));
            var subscription = _host.Services.GetRequiredService<SubscriptionRunner>().All.Single();
            await Eventually.HoldsAsync(
                () => Task.FromResult(subscription.Status.State == SubscriptionState.Unreachable),
                "the subscription says that it waits"
            );
            subscription.Status.LastError!.ShouldContain("lock timeout");
            (await _host.DeadLettersAsync()).ShouldBeEmpty();
        }

        await _host.CaughtUpAsync();
        (await _host.NotesAsync(_bob)).Count.ShouldBe(2);
        (await _host.DeadLettersAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "S5")]
    public async Task Nobody_waits_for_a_lock_for_longer_than_a_frozen_process_can_hold_one()
    {
        var allowed = await _host.ReadAsync<NotesDbContext, string>(database =>
            database
                .Database.SqlQuery<string>($"SELECT current_setting('lock_timeout') AS \"Value\"")
                .SingleAsync()
        );

        allowed.ShouldBe("10s");
    }

    private AsyncServiceScope Open(out NotesDbContext database)
    {
        var scope = _host.Services.CreateAsyncScope();
        database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        return scope;
    }
}
