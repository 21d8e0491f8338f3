using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using RabbitChannel = RabbitMQ.Client.IChannel;

namespace Platform.Brokers;

/// <summary>
/// RabbitMQ. A stream is a fan-out exchange with a durable queue per follower; messages are persistent, confirmed,
/// and refused when no queue would take them. A lost connection is opened anew by whoever needs it next.
/// </summary>
internal sealed class RabbitMqBroker(BrokerOptions options) : IBroker
{
    /// <summary>How many events a follower holds that it has not committed.</summary>
    private const ushort Prefetch = 1_000;

    /// <summary>Reports that nobody takes in this time have been overtaken by later ones.</summary>
    private const int ReportsKeptMilliseconds = 30_000;

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly SemaphoreSlim _publishing = new(1, 1);
    private readonly ConnectionFactory _factory = new()
    {
        Uri = new Uri(options.ConnectionString),
        AutomaticRecoveryEnabled = false,
        ClientProvidedName = $"{options.Prefix} {Environment.MachineName} {Environment.ProcessId}",
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        ContinuationTimeout = TimeSpan.FromSeconds(10),
        RequestedHeartbeat = TimeSpan.FromSeconds(10),
    };

    private IConnection? _connection;
    private RabbitChannel? _publisher;

    public Task DeclareAsync(
        string stream,
        IReadOnlyCollection<string> followers,
        CancellationToken cancellationToken
    ) =>
        AttemptAsync(async () =>
        {
            await using var channel = await ChannelAsync(confirms: false, cancellationToken);
            var exchange = NameOf(BrokerAddress.FollowersOf(stream));
            await channel.ExchangeDeclareAsync(
                exchange,
                ExchangeType.Fanout,
                durable: true,
                cancellationToken: cancellationToken
            );
            foreach (var follower in followers)
            {
                var queue = NameOf(BrokerAddress.FollowerOf(stream, follower));
                await DeclareQueueAsync(channel, queue, null, cancellationToken);
                await channel.QueueBindAsync(queue, exchange, "", cancellationToken: cancellationToken);
            }
            await DeclareQueueAsync(
                channel,
                NameOf(BrokerAddress.ReportsTo(stream)),
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["x-message-ttl"] = ReportsKeptMilliseconds,
                },
                cancellationToken
            );
        });

    public Task PublishAsync(
        BrokerAddress address,
        IReadOnlyList<BrokerMessage> messages,
        CancellationToken cancellationToken
    ) =>
        AttemptAsync(async () =>
        {
            var (exchange, key) = address is { Follower: null, IsForReports: false }
                ? (NameOf(address), "")
                : ("", NameOf(address));
            await _publishing.WaitAsync(cancellationToken);
            try
            {
                _publisher = _publisher is { IsOpen: true } open
                    ? open
                    : await ChannelAsync(confirms: true, cancellationToken);
                var confirmed = new List<Task>(messages.Count);
                foreach (var message in messages)
                {
                    confirmed.Add(
                        _publisher
                            .BasicPublishAsync(
                                exchange,
                                key,
                                mandatory: true,
                                PropertiesOf(message),
                                message.Body,
                                cancellationToken
                            )
                            .AsTask()
                    );
                }
                await Task.WhenAll(confirmed);
            }
            finally
            {
                _publishing.Release();
            }
        });

    public async Task<IBrokerInbox> OpenAsync(BrokerAddress address, CancellationToken cancellationToken)
    {
        RabbitMqInbox? inbox = null;
        await AttemptAsync(async () =>
        {
            var channel = await ChannelAsync(confirms: false, cancellationToken);
            inbox = new RabbitMqInbox(channel);
            try
            {
                await channel.BasicQosAsync(0, Prefetch, global: false, cancellationToken);
                // Exclusive, so that a second owner of a module cannot take half of its events away.
                await channel.BasicConsumeAsync(
                    NameOf(address),
                    autoAck: false,
                    consumerTag: "",
                    noLocal: false,
                    exclusive: true,
                    arguments: null,
                    inbox.Consumer,
                    cancellationToken
                );
            }
            catch
            {
                await inbox.DisposeAsync();
                throw;
            }
        });
        return inbox!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connecting.Dispose();
        _publishing.Dispose();
    }

    /// <summary>The broker's failures in one sentence each, whatever the client throws.</summary>
    internal static async Task AttemptAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (Exception failure) when (SentenceFor(failure) is { } sentence)
        {
            throw new BrokerException(sentence, failure);
        }
    }

    private static string? SentenceFor(Exception failure) =>
        failure switch
        {
            BrokerUnreachableException { InnerException: AuthenticationFailureException } =>
                "Broker:ConnectionString: RabbitMQ refuses the user or the password.",
            BrokerUnreachableException { InnerException: OperationInterruptedException inner } =>
                $"Broker:ConnectionString: RabbitMQ refuses the connection ({ReasonOf(inner)}).",
            BrokerUnreachableException =>
                "Broker:ConnectionString: RabbitMQ cannot be reached at that address.",
            OperationInterruptedException { ShutdownReason.ReplyCode: 403 } =>
                "Another process receives what is meant for this module already: has the module two owners?",
            OperationInterruptedException interrupted =>
                $"RabbitMQ broke the conversation off ({ReasonOf(interrupted)}).",
            PublishException { IsReturn: true } => "RabbitMQ has no queue for what was published.",
            PublishException => "RabbitMQ did not take what was published.",
            RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException =>
                $"The connection to RabbitMQ is lost ({failure.Message.TrimEnd('.')}).",
            _ => null,
        };

    private static string ReasonOf(OperationInterruptedException interrupted) =>
        interrupted.ShutdownReason?.ReplyText ?? "no reason given";

    private static Task DeclareQueueAsync(
        RabbitChannel channel,
        string queue,
        IDictionary<string, object?>? arguments,
        CancellationToken cancellationToken
    ) =>
        channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            arguments,
            cancellationToken: cancellationToken
        );

    /// <summary>Attributes in the headers that the CloudEvents binding for AMQP names.</summary>
    private static BasicProperties PropertiesOf(BrokerMessage message) =>
        new()
        {
            Persistent = true,
            MessageId = message.Find("id"),
            Type = message.Find(StreamMessages.Type),
            ContentType = message.Find(StreamMessages.ContentType),
            Headers = message
                .Attributes.Where(attribute => attribute.Key != StreamMessages.ContentType)
                .ToDictionary(
                    attribute => RabbitMqInbox.HeaderPrefix + attribute.Key,
                    object? (attribute) => attribute.Value,
                    StringComparer.Ordinal
                ),
        };

    private async Task<RabbitChannel> ChannelAsync(bool confirms, CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: false } lost)
            {
                _connection = null;
                await lost.DisposeAsync();
            }
            _connection ??= await _factory.CreateConnectionAsync(cancellationToken);
            // Without a limiter of its own, which would delay messages and so mix up their order.
            return await _connection.CreateChannelAsync(
                new CreateChannelOptions(
                    confirms,
                    confirms,
                    outstandingPublisherConfirmationsRateLimiter: null
                ),
                cancellationToken
            );
        }
        finally
        {
            _connecting.Release();
        }
    }

    private string NameOf(BrokerAddress address) =>
        address switch
        {
            { IsForReports: true } => $"{options.Prefix}.{address.Stream}.reports",
            { Follower: { } follower } => $"{options.Prefix}.{address.Stream}.{follower}",
            _ => $"{options.Prefix}.{address.Stream}",
        };
}

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
        await RabbitMqBroker.AttemptAsync(() =>
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
