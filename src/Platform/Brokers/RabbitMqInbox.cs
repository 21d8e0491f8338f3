using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using RabbitChannel = RabbitMQ.Client.IChannel;

namespace Platform.Brokers;

/// <summary>One consumer on a channel of its own.</summary>
internal sealed class RabbitMqInbox : IBrokerInbox
{
    public const string HeaderPrefix = "cloudEvents:";

    private readonly RabbitChannel _channel;
    private readonly System.Threading.Channels.Channel<BrokerDelivery> _arrived =
        System.Threading.Channels.Channel.CreateUnbounded<BrokerDelivery>();

    public RabbitMqInbox(RabbitChannel channel)
    {
        _channel = channel;
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += TakeAsync;
        consumer.UnregisteredAsync += (_, _) => EndAsync("the queue was deleted");
        channel.ChannelShutdownAsync += (_, shutdown) => EndAsync(shutdown.ReplyText);
        Consumer = consumer;
    }

    public IAsyncBasicConsumer Consumer { get; }

    public async ValueTask<BrokerDelivery> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _arrived.Reader.ReadAsync(cancellationToken);
        }
        catch (System.Threading.Channels.ChannelClosedException closed)
        {
            throw closed.InnerException as BrokerException ?? new BrokerException("The inbox is closed.");
        }
    }

    public async ValueTask AcknowledgeAsync(BrokerDelivery last, CancellationToken cancellationToken) =>
        await RabbitMqFailure.AttemptAsync(() =>
            _channel.BasicAckAsync((ulong)last.Tag, multiple: true, cancellationToken).AsTask()
        );

    public async ValueTask DisposeAsync()
    {
        await EndAsync("it was closed");
        try
        {
            await _channel.DisposeAsync();
        }
        catch (Exception failure) when (failure is RabbitMQClientException or IOException or TimeoutException)
        {
            // Closing what is lost already.
        }
    }

    private Task TakeAsync(object sender, BasicDeliverEventArgs delivered)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in delivered.BasicProperties.Headers ?? new Dictionary<string, object?>())
        {
            if (name.StartsWith(HeaderPrefix, StringComparison.Ordinal))
                attributes[name[HeaderPrefix.Length..]] = TextOf(value);
        }
        if (delivered.BasicProperties.ContentType is { } contentType)
            attributes[StreamMessages.ContentType] = contentType;
        // The client takes the body's memory back when this returns.
        var message = new BrokerMessage(attributes, delivered.Body.ToArray());
        _arrived.Writer.TryWrite(new BrokerDelivery(message, (long)delivered.DeliveryTag));
        return Task.CompletedTask;
    }

    private Task EndAsync(string reason)
    {
        _arrived.Writer.TryComplete(new BrokerException($"RabbitMQ stopped delivering: {reason}."));
        return Task.CompletedTask;
    }

    private static string TextOf(object? value) =>
        value is byte[] bytes
            ? Encoding.UTF8.GetString(bytes)
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
