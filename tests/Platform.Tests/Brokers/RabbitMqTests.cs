using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Streams;
using Platform.Testing;
using Platform.Tests.Streams;
using RabbitMQ.Client;

namespace Platform.Tests.Brokers;

/// <summary>Issue 4: events cross between processes over a real RabbitMQ, each takes effect once, and none is lost.</summary>
public sealed class RabbitMqTests(RabbitMqFixture rabbit)
{
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    public async Task What_one_process_says_takes_effect_in_the_other_once_and_in_order()
    {
        await using var processes = await StartAsync();

        for (var number = 1; number <= 300; number += 100)
        {
            await processes.SayAsync(_ann, number, 100);
            await processes.CoughAsync(_ann, 900);
        }

        await processes.AreNotedAsync(_ann, 300);
        processes.Subscription.Status.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task A_follower_that_comes_later_gets_what_was_said_before_there_was_a_relay()
    {
        await using var processes = new TwoProcesses(await BrokerAsync());
        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 1, 300);

        await processes.StartNotesAsync();

        await processes.AreNotedAsync(_ann, 300);
    }

    [Fact]
    public async Task What_is_said_while_the_follower_is_away_waits_for_it()
    {
        await using var processes = await StartAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        await processes.StopNotesAsync();

        await processes.SayAsync(_ann, 11, 100);
        await processes.StartNotesAsync();

        await processes.AreNotedAsync(_ann, 110);
        processes.Subscription.Status.LastError.ShouldBeNull();
    }

    [Theory]
    [InlineData("one message of several")]
    [InlineData("the last message")]
    [InlineData("all messages")]
    [InlineData("the queue")]
    public async Task A_loss_on_the_way_is_reported_and_an_operator_has_it_sent_again(string loss)
    {
        var settings = await BrokerAsync();
        settings["Broker:ReplayByItself"] = "false";
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 1);
        await processes.AreNotedAsync(_ann, 1);
        await processes.StopNotesAsync();
        await processes.SayAsync(_ann, 2, 5);
        await LoseAsync(settings, loss);

        await processes.StartNotesAsync();

        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.State is SubscriptionState.AwaitingReplay,
            "the loss is noticed"
        );
        var overview = await processes.OverviewAsync();
        overview.GetProperty("state").GetString().ShouldBe("AwaitingReplay");
        overview.GetProperty("lastError").GetString()!.ShouldContain("were lost on the way");
        (await processes.HealthAsync()).Entries["Notes"].Status.ShouldBe(HealthStatus.Degraded);
        (await processes.NotesAsync(_ann)).Count.ShouldBeLessThan(6);

        using var asked = await processes
            .Notes!.Operator()
            .PostAsync("/api/ops/modules/notes/streams/talk/replay", null);

        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await processes.AreNotedAsync(_ann, 6);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Notes"].Status is HealthStatus.Healthy,
            "it is well again"
        );
    }

    [Fact]
    public async Task A_loss_on_the_way_heals_by_itself_unless_it_is_told_not_to()
    {
        var settings = await BrokerAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 1);
        await processes.AreNotedAsync(_ann, 1);
        await processes.StopNotesAsync();
        await processes.SayAsync(_ann, 2, 5);
        await processes.CoughAsync(_ann, 2_500);
        await processes.SayAsync(_ann, 7, 5);
        await LoseAsync(settings, "one message of several");

        await processes.StartNotesAsync();

        await processes.AreNotedAsync(_ann, 11);
        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.LastError?.Contains("were lost on the way") is true,
            "it was reported"
        );
    }

    [Fact]
    public async Task A_queue_that_is_deleted_under_the_follower_is_there_again_and_nothing_is_lost()
    {
        var settings = await BrokerAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);

        await LoseAsync(settings, "the queue");
        await processes.SayAsync(_ann, 11, 10);

        await processes.AreNotedAsync(_ann, 20);
    }

    [Fact]
    public async Task The_trace_survives_the_hop_and_every_retry()
    {
        var seen = new ConcurrentBag<ActivityTraceId>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Wolverine" or nameof(RabbitMqTests),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = started =>
            {
                if (started.Source.Name == "Wolverine")
                    seen.Add(started.TraceId);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource(nameof(RabbitMqTests));
        await using var processes = await StartAsync();
        processes.Notes!.Poison().Add("bitter");

        ActivityTraceId trace;
        using (var saying = source.StartActivity("saying"))
        {
            trace = saying!.TraceId;
            await processes.SayAsync(_ann, 1, 1, "bitter");
        }
        await Eventually.HoldsAsync(() => processes.Notes!.Poison().Tried >= 2, "it is tried again");
        processes.Notes!.Poison().Remove("bitter");

        await processes.AreNotedAsync(_ann, 1);
        seen.Count(one => one == trace).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task On_the_wire_an_event_is_a_cloud_event_known_by_its_alias()
    {
        var settings = await BrokerAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 1);
        await processes.AreNotedAsync(_ann, 1);
        await processes.StopNotesAsync();
        await processes.SayAsync(_ann, 2, 1);

        BasicProperties? message = null;
        await Eventually.HoldsAsync(
            async () => (message = await TakeAsync(settings, "talk.word-said.v1")) is not null,
            "it waits for the follower"
        );

        var headers = message!
            .Headers!.Where(header => header.Key.StartsWith("cloudEvents:", StringComparison.Ordinal))
            .ToDictionary(
                header => header.Key,
                header => Encoding.UTF8.GetString((byte[])header.Value!),
                StringComparer.Ordinal
            );
        headers["cloudEvents:specversion"].ShouldBe("1.0");
        headers["cloudEvents:type"].ShouldBe("talk.word-said.v1");
        headers["cloudEvents:source"].ShouldBe("/talk");
        headers["cloudEvents:subject"].ShouldBe($"{_ann}");
        headers["cloudEvents:sequence"].ShouldBe("2");
        headers["cloudEvents:previous"].ShouldBe("1");
        message.ContentType.ShouldBe("application/json");
        message.Persistent.ShouldBeTrue();
        headers.Values.ShouldNotContain(value =>
            value.Contains("WordSaid", StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task A_broker_that_is_killed_loses_nothing_and_health_tells()
    {
        RabbitMqFixture.Requires(RabbitMqServer.CanBeStarted);
        await using var server = await RabbitMqServer.StartAsync();
        await using var processes = new TwoProcesses(
            TwoProcesses.Broker("RabbitMq", server.ConnectionString)
        );
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 100);

        await server.KillAsync();
        await processes.SayAsync(_ann, 101, 100);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Broker"].Status is HealthStatus.Unhealthy,
            "health tells"
        );
        await server.RestartAsync();

        await processes.SayAsync(_ann, 201, 100);
        await processes.AreNotedAsync(_ann, 300);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Broker"].Status is HealthStatus.Healthy,
            "health tells that it is back"
        );
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_one_sentence()
    {
        var address = new UriBuilder(await rabbit.ConnectionStringAsync()) { Password = "wrong" };
        await using var processes = new TwoProcesses(TwoProcesses.Broker("RabbitMq", $"{address.Uri}"));

        await processes.StartNotesAsync();

        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.State is SubscriptionState.SourceUnreachable,
            "it shows"
        );
        processes.Subscription.Status.LastError!.ShouldContain(
            "Broker:ConnectionString: RabbitMQ refuses the user or the password."
        );
    }

    [Fact]
    public async Task A_second_owner_of_a_module_is_told_apart_from_a_replica()
    {
        var settings = await BrokerAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        await using var second = new TwoProcesses(settings);

        await second.StartNotesAsync();

        await Eventually.HoldsAsync(
            () => second.Subscription.Status.LastError?.Contains("two owners") is true,
            "the second is refused"
        );
        await processes.SayAsync(_ann, 11, 10);
        await processes.AreNotedAsync(_ann, 20);
    }

    private async Task<Dictionary<string, string?>> BrokerAsync() =>
        TwoProcesses.Broker("RabbitMq", await rabbit.ConnectionStringAsync());

    private async Task<TwoProcesses> StartAsync()
    {
        var processes = new TwoProcesses(await BrokerAsync());
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        return processes;
    }

    private static async Task<BasicProperties?> TakeAsync(Dictionary<string, string?> settings, string type)
    {
        var factory = new ConnectionFactory { Uri = new Uri(settings["Broker:ConnectionString"]!) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        while (
            await channel.BasicGetAsync($"{settings["Broker:Prefix"]}.talk.notes", autoAck: true)
                is { } message
        )
        {
            if (message.BasicProperties.Type == type)
                return new BasicProperties(message.BasicProperties);
        }
        return null;
    }

    private static async Task LoseAsync(Dictionary<string, string?> settings, string loss)
    {
        var queue = $"{settings["Broker:Prefix"]}.talk.notes";
        var factory = new ConnectionFactory { Uri = new Uri(settings["Broker:ConnectionString"]!) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        if (loss == "the queue")
        {
            await channel.QueueDeleteAsync(queue);
            return;
        }
        await Eventually.HoldsAsync(
            async () => await channel.MessageCountAsync(queue) >= 5,
            "all of it is there"
        );
        if (loss == "all messages")
        {
            await channel.QueuePurgeAsync(queue);
            return;
        }
        var messages = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(queue, autoAck: false) is { } message)
            messages.Add(message);
        var events = messages.Where(message => message.BasicProperties.Type == "talk.word-said.v1").ToList();
        var lost = loss == "the last message" ? events[^1] : events[1];
        await channel.BasicAckAsync(lost.DeliveryTag, multiple: false);
        foreach (var kept in messages.Where(message => message != lost).Reverse())
            await channel.BasicNackAsync(kept.DeliveryTag, multiple: false, requeue: true);
    }
}
