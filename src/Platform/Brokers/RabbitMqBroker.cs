using RabbitMQ.Client;
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
        RabbitMqFailure.AttemptAsync(async () =>
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
        RabbitMqFailure.AttemptAsync(async () =>
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
        await RabbitMqFailure.AttemptAsync(async () =>
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
