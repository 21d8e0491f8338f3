using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Brokers;
using Platform.Modules;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;
using RabbitMQ.Client;

namespace Platform.Tests.Brokers;

/// <summary>Who exchanges something with a RabbitMQ lets go of it in time, and goes on when it can.</summary>
public sealed class RabbitMqTroubleTests(RabbitMqFixture rabbit)
{
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    [Trait("Fault", "B1")]
    public async Task A_connection_that_is_lost_while_it_is_blocked_does_not_stay_blocked()
    {
        RabbitMqFixture.Requires(RabbitMqServer.CanBeStarted);
        await using var server = await RabbitMqServer.StartAsync();
        await using var processes = new TwoProcesses(
            TwoProcesses.Broker("RabbitMq", server.ConnectionString)
        );
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        await server.RaiseMemoryAlarmAsync();
        await processes.SayAsync(_ann, 11, 10);
        await Eventually.HoldsAsync(
            () => processes.Relay.Status.LastError?.Contains("low on memory") is true,
            "the connection is blocked"
        );

        await server.CloseConnectionsAsync();
        await server.CeaseMemoryAlarmAsync();

        await processes.AreNotedAsync(_ann, 20);
    }

    [Fact]
    [Trait("Fault", "B1")]
    public async Task A_broker_that_never_answers_holds_up_neither_calls_nor_a_stop_and_ends_no_process()
    {
        await using var broker = new Mute();
        await using var processes = new TwoProcesses(
            TwoProcesses.Broker("RabbitMq", $"amqp://guest:guest@127.0.0.1:{broker.Port}")
        );
        await processes.StartNotesAsync();
        var lifetime = processes.Notes!.Services.GetRequiredService<IHostApplicationLifetime>();

        // One after the other they want the module's names: when a second comes, the first has given up.
        await Eventually.HoldsAsync(
            () =>
                broker.Visits >= 2
                && processes.Subscription.Status.State == SubscriptionState.SourceUnreachable,
            "it is told, and tried again"
        );
        processes.Subscription.Status.LastError.ShouldNotBeNull().ShouldContain("does not answer");
        using var noted = await processes
            .Notes.Anonymous()
            .PostAsJsonAsync(
                "/api/notes",
                new
                {
                    callerId = _ann,
                    idempotencyKey = "one",
                    speaker = _ann,
                    word = "by hand",
                }
            );

        noted.StatusCode.ShouldBe(HttpStatusCode.OK);
        lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        var stopping = TimeProvider.System.GetTimestamp();
        await processes.StopNotesAsync();
        TimeProvider.System.GetElapsedTime(stopping).ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact]
    [Trait("Fault", "S17")]
    public async Task A_relay_lets_go_when_a_newer_home_of_its_module_claims_it_meanwhile()
    {
        var settings = await rabbit.SettingsAsync();
        settings["Broker:ReportInterval"] = "00:00:00.050";
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 1, 5);
        await RunsAsync(processes.Relay);
        await processes.StopTalkAsync();
        processes.CopyTalk();
        await processes.StartTalkAsync();
        await RunsAsync(processes.Relay);

        await using var newer = await processes.StartNewerTalkAsync();

        await Eventually.HoldsAsync(
            () => processes.Relay.Status.LastError?.Contains("is an older copy") is true,
            "the older home is refused"
        );
        await RunsAsync(newer.Services.GetRequiredService<RelayRunner>().All.Single());
    }

    [Fact]
    [Trait("Fault", "S17")]
    public async Task A_follower_lets_go_when_a_newer_home_of_its_module_claims_it_meanwhile()
    {
        var settings = await rabbit.SettingsAsync();
        settings["Broker:ReportInterval"] = "00:00:00.050";
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 5);
        await processes.AreNotedAsync(_ann, 5);
        await processes.StopNotesAsync();
        processes.CopyNotes();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 6, 5);
        await processes.AreNotedAsync(_ann, 10);

        await using var newer = await processes.StartNewerNotesAsync();

        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.LastError?.Contains("is an older copy") is true,
            "the older home is refused"
        );
        await Eventually.HoldsAsync(
            async () => (await newer.NotesAsync(_ann)).Count == 10,
            "the newer home has what is behind its cursor"
        );
    }

    [Fact]
    public async Task A_relay_lets_go_of_its_reports_while_its_module_is_not_ready()
    {
        var settings = await rabbit.SettingsAsync();
        // Nothing opens the gate again but the test.
        settings["Streams:Recovery"] = "01:00:00";
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await RunsAsync(processes.Relay);
        var gate = processes.Talk!.Services.GetRequiredService<ModuleGates>().Of(processes.Relay.Module);
        (await ReadersOfReportsAsync(settings)).ShouldBe(1u);

        gate.Close("Its database needs setting right.");

        await Eventually.HoldsAsync(
            async () => await ReadersOfReportsAsync(settings) == 0,
            "somebody else may read them"
        );
        gate.MarkReady();
        await Eventually.HoldsAsync(
            async () => await ReadersOfReportsAsync(settings) == 1,
            "it reads them again"
        );
    }

    [Fact]
    public async Task A_reader_begins_anew_when_its_cursor_was_moved_beyond_what_it_has()
    {
        var settings = await rabbit.SettingsAsync();
        settings["Broker:ReplayByItself"] = "false";
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        var before = await processes.Notes!.PlaceAsync();
        using var paused = await processes
            .Notes!.Operator()
            .PostAsync("/api/ops/modules/notes/pause", content: null);
        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.State == SubscriptionState.Paused,
            "the reader is at the test's disposal"
        );
        await processes.SayAsync(_ann, 11, 10);
        await Eventually.HoldsAsync(async () => await processes.IsRelayedAsync(), "all is relayed");
        await RabbitMqQueue.LoseAsync(settings, "all messages");
        (await ReadAsync(processes, before)).ShouldBeEmpty();

        // Another replica has handled what this one's conversation never heard of.
        var head = await HeadAsync(processes);
        (await ReadAsync(processes, head)).ShouldBeEmpty();
        await processes.SayAsync(_ann, 21, 5);

        await Eventually.HoldsAsync(
            async () => (await ReadAsync(processes, head)).Count == 5,
            "what follows is read"
        );
    }

    private static Task RunsAsync(Relay relay) =>
        Eventually.HoldsAsync(() => relay.Status.State == SubscriptionState.Running, "the relay runs");

    private static Task<IReadOnlyList<StreamEvent>> ReadAsync(TwoProcesses processes, StreamPlace place) =>
        processes.Reader.ReadAsync(place, 100, CancellationToken.None);

    private static Task<StreamPlace> HeadAsync(TwoProcesses processes) =>
        processes.Talk!.ReadAsync<TalkDbContext, StreamPlace>(async talk =>
        {
            var newest = await talk.Outbox.OrderByDescending(row => row.Position).FirstAsync();
            return new StreamPlace(
                (await talk.OwnStreams.SingleAsync()).Identity,
                newest.Position,
                newest.EventId
            );
        });

    private static async Task<uint> ReadersOfReportsAsync(Dictionary<string, string?> settings)
    {
        var factory = new ConnectionFactory { Uri = new Uri(settings["Broker:ConnectionString"]!) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (
            await channel.QueueDeclarePassiveAsync($"{settings["Broker:Prefix"]}.talk.reports")
        ).ConsumerCount;
    }
}
