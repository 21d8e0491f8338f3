using System.Collections.Concurrent;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Platform.Settings;

namespace Platform.Brokers;

/// <summary>
/// Apache Kafka. A stream is a topic of one partition, since order is the stream's and not a key's; each follower is
/// a consumer group. What is meant for one follower goes into the same topic, so that it keeps its place in the
/// order: the others tell by the positions that they have it already.
/// </summary>
internal sealed class KafkaBroker : IBroker
{
    private const string HeaderPrefix = "ce_";
    private const string ContentTypeHeader = "content-type";

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly BrokerOptions _options;
    private readonly ClientConfig _client;
    private readonly ConcurrentDictionary<string, bool> _declared = new(StringComparer.Ordinal);
    private readonly Lazy<IProducer<string, byte[]>> _producer;

    public KafkaBroker(BrokerOptions options)
    {
        _options = options;
        _client = ReadClient(options.ConnectionString);
        _producer = new(() => new ProducerBuilder<string, byte[]>(
                new ProducerConfig(_client)
                {
                    Acks = Acks.All,
                    EnableIdempotence = true,
                    LingerMs = 0,
                    MessageTimeoutMs = 10_000,
                }
            ).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build());
    }

    public async Task DeclareAsync(
        string stream,
        IReadOnlyCollection<string> followers,
        CancellationToken cancellationToken
    )
    {
        string[] topics =
        [
            NameOf(BrokerAddress.FollowersOf(stream)),
            NameOf(BrokerAddress.ReportsTo(stream)),
        ];
        if (topics.All(_declared.ContainsKey))
            return;
        // Asking merely times out; why nobody answers is told on the side.
        Error? refusal = null;
        using var admin = new AdminClientBuilder(new AdminClientConfig(_client))
            .SetErrorHandler((_, error) => refusal = IsRefusal(error) ? error : refusal)
            .SetLogHandler((_, _) => { })
            .Build();
        try
        {
            foreach (var topic in topics)
            {
                if (!await Task.Run(() => IsThere(admin, topic), cancellationToken))
                    await CreateAsync(admin, topic).WaitAsync(cancellationToken);
            }
        }
        catch (KafkaException failure)
        {
            throw Describe(refusal is null ? failure : new KafkaException(refusal, failure));
        }
        foreach (var topic in topics)
            _declared[topic] = true;
    }

    /// <summary>A topic is kept for all who follow the stream, and by its own retention.</summary>
    public Task RemoveAsync(string stream, string follower, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>A topic has no owner: followers tell by the stream's identity what is not theirs.</summary>
    public Task ClaimAsync(Ownership owned, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task PublishAsync(
        BrokerAddress address,
        IReadOnlyList<BrokerMessage> messages,
        CancellationToken cancellationToken
    )
    {
        var partition = new TopicPartition(NameOf(address), new Partition(0));
        try
        {
            await Task.WhenAll(
                messages.Select(message =>
                    _producer.Value.ProduceAsync(partition, ToKafka(message), cancellationToken)
                )
            );
        }
        catch (KafkaException failure)
        {
            _declared.Clear();
            throw Describe(failure);
        }
    }

    public Task<IBrokerInbox> OpenAsync(BrokerAddress address, CancellationToken cancellationToken) =>
        Task.FromResult<IBrokerInbox>(
            new KafkaInbox(
                new ConsumerConfig(_client)
                {
                    GroupId = $"{_options.Prefix}.{address.Stream}.{address.Follower ?? "relay"}",
                    EnableAutoOffsetStore = false,
                    AutoCommitIntervalMs = 1_000,
                    AutoOffsetReset = AutoOffsetReset.Earliest,
                    FetchWaitMaxMs = 100,
                    AllowAutoCreateTopics = true,
                },
                NameOf(address)
            )
        );

    public ValueTask DisposeAsync()
    {
        if (_producer.IsValueCreated)
            _producer.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Refuses a connection string that holds a setting which the client does not know.</summary>
    /// <exception cref="SettingRefusedException">It does.</exception>
    public static void Check(string connectionString)
    {
        try
        {
            using var nobody = new ProducerBuilder<Null, Null>(
                new ProducerConfig(ReadClient(connectionString))
            )
                .SetErrorHandler((_, _) => { })
                .SetLogHandler((_, _) => { })
                .Build();
        }
        catch (Exception unknown) when (unknown is InvalidOperationException or ArgumentException)
        {
            throw new SettingRefusedException(
                "Broker:ConnectionString",
                $"Kafka's client refuses it ({unknown.Message.TrimEnd('.')})."
            );
        }
    }

    internal static BrokerException Describe(KafkaException failure) =>
        new(
            IsRefusal(failure.Error)
                ? "Broker:ConnectionString: Kafka refuses the user or the password."
                : $"Broker:ConnectionString: Kafka cannot be reached or does not do its part ({failure.Error.Reason.TrimEnd('.')}).",
            failure
        );

    private static bool IsRefusal(Error error) =>
        error.Code
            is ErrorCode.Local_Authentication
                or ErrorCode.SaslAuthenticationFailed
                or ErrorCode.TopicAuthorizationFailed
                or ErrorCode.GroupAuthorizationFailed;

    internal static BrokerMessage FromKafka(Message<string, byte[]> message)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in message.Headers ?? [])
        {
            var value = Encoding.UTF8.GetString(header.GetValueBytes());
            if (header.Key == ContentTypeHeader)
                attributes[StreamMessages.ContentType] = value;
            else if (header.Key.StartsWith(HeaderPrefix, StringComparison.Ordinal))
                attributes[header.Key[HeaderPrefix.Length..]] = value;
        }
        return new BrokerMessage(attributes, message.Value ?? []);
    }

    /// <summary>Asking creates it, on a cluster that creates topics when they are first asked for.</summary>
    private static bool IsThere(IAdminClient admin, string topic) =>
        admin.GetMetadata(topic, RequestTimeout).Topics is [{ Error.IsError: false, Partitions.Count: > 0 }];

    private static async Task CreateAsync(IAdminClient admin, string topic)
    {
        try
        {
            await admin.CreateTopicsAsync(
                [new TopicSpecification { Name = topic, NumPartitions = 1 }],
                new CreateTopicsOptions { RequestTimeout = RequestTimeout }
            );
        }
        catch (CreateTopicsException failed)
            when (failed.Results.TrueForAll(result => result.Error.Code is ErrorCode.TopicAlreadyExists))
        {
            // Somebody else was first.
        }
    }

    /// <summary>Attributes in the headers that the CloudEvents binding for Kafka names.</summary>
    private static Message<string, byte[]> ToKafka(BrokerMessage message)
    {
        var headers = new Headers();
        foreach (var (name, value) in message.Attributes)
        {
            headers.Add(
                name == StreamMessages.ContentType ? ContentTypeHeader : HeaderPrefix + name,
                Encoding.UTF8.GetBytes(value)
            );
        }
        return new Message<string, byte[]>
        {
            Key = message.Find("subject") ?? "",
            Value = message.Body.ToArray(),
            Headers = headers,
        };
    }

    /// <summary>Bootstrap servers alone, or the client's settings.</summary>
    private static ClientConfig ReadClient(string connectionString)
    {
        if (!connectionString.Contains('=', StringComparison.Ordinal))
            return new ClientConfig { BootstrapServers = connectionString };
        var client = new ClientConfig();
        foreach (var setting in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = setting.Split('=', 2) is [var left, var right]
                ? (left.Trim(), right.Trim())
                : (setting, "");
            client.Set(name, value);
        }
        return client;
    }

    private string NameOf(BrokerAddress address) =>
        address.IsForReports
            ? $"{_options.Prefix}.{address.Stream}.reports"
            : $"{_options.Prefix}.{address.Stream}";
}
