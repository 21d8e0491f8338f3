using System.Globalization;
using RabbitMQ.Client;
using RabbitChannel = RabbitMQ.Client.IChannel;

namespace Platform.Brokers;

/// <summary>
/// RabbitMQ. A stream is a fan-out exchange with a durable queue per follower; messages are persistent, confirmed,
/// and refused when no queue would take them. A lost connection is opened anew by whoever needs it next.
/// </summary>
internal sealed class RabbitMqBroker : IBroker
{
    /// <summary>How many events a follower holds that it has not committed.</summary>
    private const ushort Prefetch = 1_000;

    /// <summary>Reports that nobody takes in this time have been overtaken by later ones.</summary>
    private const int ReportsKeptMilliseconds = 30_000;

    private readonly RabbitMqConnection _connection;
    private readonly RabbitMqConnection _publishing;
    private readonly RabbitMqConnection _claiming;
    private readonly RabbitMqPublisher _publisher;
    private readonly RabbitMqClaims _claims;
    private readonly BrokerOptions _options;
    private readonly string _keptFor;

    public RabbitMqBroker(BrokerOptions options)
    {
        _options = options;
        var factory = new ConnectionFactory
        {
            Uri = new Uri(options.ConnectionString),
            AutomaticRecoveryEnabled = false,
            ClientProvidedName = $"{options.Prefix} {Environment.MachineName} {Environment.ProcessId}",
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = TimeSpan.FromSeconds(10),
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
        };
        _connection = new RabbitMqConnection(factory, "receives");
        _claiming = new RabbitMqConnection(factory, "claims");
        _publishing = new RabbitMqConnection(factory, "publishes");
        _publisher = new RabbitMqPublisher(_publishing);
        _claims = new RabbitMqClaims(_claiming, options.Prefix);
        _keptFor = options.KeepFor.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
    }

    public Task DeclareAsync(
        string stream,
        IReadOnlyCollection<string> followers,
        CancellationToken cancellationToken
    ) =>
        RabbitMqFailure.AttemptAsync(async () =>
        {
            await using var channel = await ChannelAsync(cancellationToken);
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
    )
    {
        var (exchange, key) = address is { Follower: null, IsForReports: false }
            ? (NameOf(address), "")
            : ("", NameOf(address));
        return RabbitMqFailure.AttemptAsync(() =>
            _publisher.PublishAsync(
                exchange,
                key,
                [.. messages.Select(message => (PropertiesOf(message), message.Body))],
                cancellationToken
            )
        );
    }

    public Task RemoveAsync(string stream, string follower, CancellationToken cancellationToken) =>
        RabbitMqFailure.AttemptAsync(async () =>
        {
            await using var channel = await ChannelAsync(cancellationToken);
            await channel.QueueDeleteAsync(
                NameOf(BrokerAddress.FollowerOf(stream, follower)),
                ifUnused: false,
                ifEmpty: false,
                noWait: false,
                cancellationToken
            );
        });

    public Task ClaimAsync(Ownership owned, CancellationToken cancellationToken) =>
        RabbitMqFailure.AttemptAsync(() => _claims.ClaimAsync(owned, cancellationToken));

    public async Task<IBrokerInbox> OpenAsync(BrokerAddress address, CancellationToken cancellationToken)
    {
        RabbitMqInbox? inbox = null;
        await RabbitMqFailure.AttemptAsync(async () =>
        {
            var channel = await ChannelAsync(cancellationToken);
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
        await _publishing.DisposeAsync();
        await _claiming.DisposeAsync();
        await _connection.DisposeAsync();
        await _publisher.DisposeAsync();
        _claims.Dispose();
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

    /// <summary>
    /// Attributes in the headers that the CloudEvents binding for AMQP names. A message that nobody takes for long makes
    /// way, so that a follower that is away never fills the broker: what it missed is in the outbox, and sent again.
    /// </summary>
    private BasicProperties PropertiesOf(BrokerMessage message) =>
        new()
        {
            Persistent = true,
            Expiration = _keptFor,
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

    private Task<RabbitChannel> ChannelAsync(CancellationToken cancellationToken) =>
        _connection.ChannelAsync(confirms: false, cancellationToken);

    private string NameOf(BrokerAddress address) =>
        address switch
        {
            { IsForReports: true } => $"{_options.Prefix}.{address.Stream}.reports",
            { Follower: { } follower } => $"{_options.Prefix}.{address.Stream}.{follower}",
            _ => $"{_options.Prefix}.{address.Stream}",
        };
}
