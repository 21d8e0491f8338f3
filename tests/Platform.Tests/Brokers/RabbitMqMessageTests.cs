using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Platform.Testing;
using Platform.Tests.Streams;
using RabbitMQ.Client;

namespace Platform.Tests.Brokers;

/// <summary>What an event looks like on the wire, and the trace that it carries over the hop.</summary>
public sealed class RabbitMqMessageTests(RabbitMqFixture rabbit)
{
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    public async Task The_trace_survives_the_hop_and_every_retry()
    {
        await using var processes = await rabbit.StartProcessesAsync();

        await Retold.KeepsItsTraceAndItsIdAsync(processes);
    }

    [Fact]
    public async Task On_the_wire_an_event_is_a_cloud_event_known_by_its_alias()
    {
        var settings = await rabbit.SettingsAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 1);
        await processes.AreNotedAsync(_ann, 1);
        await processes.StopNotesAsync();
        await processes.SayAsync(_ann, 2, 1);

        BasicProperties? message = null;
        await Eventually.HoldsAsync(
            async () => (message = await RabbitMqQueue.TakeAsync(settings, "talk.word-said.v1")) is not null,
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
}
