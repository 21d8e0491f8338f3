using Platform.Brokers;
using Platform.Streams;
using Platform.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Platform.Tests.Brokers;

/// <summary>A broker that is short of something, and queues that nobody needs.</summary>
public sealed class RabbitMqQueueTests(RabbitMqFixture rabbit)
{
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    [Trait("Fault", "S4")]
    public async Task The_queue_of_a_follower_that_is_no_longer_elsewhere_is_removed()
    {
        var settings = await rabbit.SettingsAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        await processes.StopNotesAsync();
        await processes.StopTalkAsync();
        (await IsThereAsync(settings)).ShouldBeTrue();

        await processes.StartTalkAloneAsync();

        await Eventually.HoldsAsync(async () => !await IsThereAsync(settings), "the queue is removed");
    }

    [Fact]
    [Trait("Fault", "S4")]
    public async Task What_waits_too_long_for_a_follower_makes_way_and_is_sent_again_when_it_is_back()
    {
        var settings = await rabbit.SettingsAsync();
        settings["Broker:KeepFor"] = "00:00:00.300";
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        await processes.StopNotesAsync();
        await processes.SayAsync(_ann, 11, 100);
        await Eventually.HoldsAsync(
            () => processes.Relay.Status.State == SubscriptionState.Running,
            "it is relayed"
        );
        await Eventually.HoldsAsync(async () => await CountAsync(settings) == 0, "the queue is empty");

        await processes.StartNotesAsync();

        await processes.AreNotedAsync(_ann, 110);
    }

    [Fact]
    [Trait("Fault", "B1")]
    public async Task A_broker_short_of_memory_is_named_drains_all_the_same_and_holds_up_no_stop()
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
        await processes.StopNotesAsync();
        await processes.CoughAsync(_ann, 2_500);
        await processes.SayAsync(_ann, 11, 10);
        await Eventually.HoldsAsync(async () => await processes.IsRelayedAsync(), "everything is relayed");

        await server.RaiseMemoryAlarmAsync();
        await processes.StartNotesAsync();
        await processes.AreNotedAsync(_ann, 20);
        await processes.SayAsync(_ann, 21, 10);
        await Eventually.HoldsAsync(
            () =>
                processes.Relay.Status.LastError?.Contains("low on memory") is true
                && processes.Subscription.Status.LastError?.Contains("low on memory") is true,
            "both sides name the cause"
        );
        var stopping = TimeProvider.System.GetTimestamp();
        await processes.StopNotesAsync();
        TimeProvider.System.GetElapsedTime(stopping).ShouldBeLessThan(TimeSpan.FromSeconds(20));

        await server.CeaseMemoryAlarmAsync();
        await processes.StartNotesAsync();
        await processes.AreNotedAsync(_ann, 30);
    }

    [Fact]
    [Trait("Fault", "B3")]
    public async Task A_follower_that_is_restarted_during_a_long_replay_goes_on_with_it()
    {
        const int Said = 12_000;
        var settings = await rabbit.SettingsAsync();
        settings["Broker:ReportInterval"] = "00:00:00.050";
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 1);
        await processes.AreNotedAsync(_ann, 1);
        await processes.StopNotesAsync();
        for (var said = 0; said < Said; said += 2_000)
            await processes.CoughAsync(_ann, 2_000);
        await processes.SayAsync(_ann, 2, 1);
        await Eventually.HoldsAsync(async () => await processes.IsRelayedAsync(), "everything is relayed");
        await RabbitMqQueue.LoseAsync(settings, "the queue");

        await processes.StartNotesAsync();
        for (var restart = 1; restart <= 3; restart++)
        {
            var sent = restart * 2_000;
            await Eventually.HoldsAsync(() => processes.Relay.SentAgain >= sent, "the replay is under way");
            await processes.StopNotesAsync();
            await processes.StartNotesAsync();
        }

        await processes.AreNotedAsync(_ann, 2);
        processes.Relay.SentAgain.ShouldBeLessThan(2 * Said);
    }

    private static async Task<bool> IsThereAsync(Dictionary<string, string?> settings)
    {
        try
        {
            await CountAsync(settings);
            return true;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
        {
            return false;
        }
    }

    private static async Task<uint> CountAsync(Dictionary<string, string?> settings)
    {
        var factory = new ConnectionFactory { Uri = new Uri(settings["Broker:ConnectionString"]!) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (
            await channel.QueueDeclarePassiveAsync($"{settings["Broker:Prefix"]}.talk.notes")
        ).MessageCount;
    }
}
