using RabbitMQ.Client;
using RabbitChannel = RabbitMQ.Client.IChannel;

namespace Platform.Brokers;

/// <summary>Publishes in order, one batch at a time, on a connection of its own.</summary>
internal sealed class RabbitMqPublisher(RabbitMqConnection connection) : IAsyncDisposable
{
    /// <summary>How long a batch may stay unconfirmed. A healthy broker takes milliseconds.</summary>
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _publishing = new(1, 1);
    private RabbitChannel? _channel;

    /// <summary>Returns when the broker has confirmed every message.</summary>
    /// <exception cref="BrokerException">It does not take them, or not in time.</exception>
    public async Task PublishAsync(
        string exchange,
        string key,
        IReadOnlyList<(BasicProperties Properties, ReadOnlyMemory<byte> Body)> messages,
        CancellationToken cancellationToken
    )
    {
        await _publishing.WaitAsync(cancellationToken);
        try
        {
            var blocked = connection.Blocked;
            if (blocked.IsCompleted)
                throw Refused(await blocked);
            var published = SendAsync(exchange, key, messages, cancellationToken);
            await Task.WhenAny(published, blocked, connection.Blocked)
                .WaitAsync(ConfirmWithin, cancellationToken);
            if (!published.IsCompleted)
                throw Refused(blocked.IsCompleted ? await blocked : "out of memory or disk");
            await published;
        }
        catch (TimeoutException)
        {
            _channel = null;
            await connection.AbandonAsync();
            throw new BrokerException(
                $"RabbitMQ did not confirm what was published within {ConfirmWithin.TotalSeconds:0} s."
            );
        }
        finally
        {
            _publishing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _publishing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(
        string exchange,
        string key,
        IReadOnlyList<(BasicProperties Properties, ReadOnlyMemory<byte> Body)> messages,
        CancellationToken cancellationToken
    )
    {
        var channel = _channel is { IsOpen: true } open
            ? open
            : _channel = await connection.ChannelAsync(confirms: true, cancellationToken);
        var confirmed = new List<Task>(messages.Count);
        foreach (var (properties, body) in messages)
        {
            confirmed.Add(
                channel
                    .BasicPublishAsync(exchange, key, mandatory: true, properties, body, cancellationToken)
                    .AsTask()
            );
        }
        await Task.WhenAll(confirmed);
    }

    private static BrokerException Refused(string reason) =>
        new(
            $"RabbitMQ takes nothing at the moment: it is {reason}. What is said waits in the outbox until it does; "
                + "see to the broker's memory and disk."
        );
}
