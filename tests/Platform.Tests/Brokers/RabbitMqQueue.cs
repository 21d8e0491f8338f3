using Platform.Testing;
using RabbitMQ.Client;

namespace Platform.Tests.Brokers;

/// <summary>The follower's queue, reached into by hand.</summary>
internal static class RabbitMqQueue
{
    public static async Task<BasicProperties?> TakeAsync(Dictionary<string, string?> settings, string type)
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

    public static async Task LoseAsync(Dictionary<string, string?> settings, string loss)
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
