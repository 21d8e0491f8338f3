namespace Platform.Brokers;

/// <summary>What carries events between processes. Bound from the section <c>Broker</c>.</summary>
public sealed class BrokerOptions
{
    /// <summary>Which broker; none while no module here exchanges events with one elsewhere.</summary>
    public BrokerKind Kind { get; set; }

    /// <summary>
    /// RabbitMQ: <c>amqp://user:password@host:5672/virtual-host</c>. Kafka: its bootstrap servers,
    /// <c>host:9092,other:9092</c>, or settings of its client, <c>bootstrap.servers=host:9092;sasl.username=…</c>.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>What every queue and topic is named with, so that two deployments can share one broker.</summary>
    public string Prefix { get; set; } = "monolith";

    /// <summary>
    /// How often a follower says how far it has come and learns how far its stream goes. What was lost on the way
    /// is noticed within this time.
    /// </summary>
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a message may wait for a follower that is away. What is older makes way, is noticed as missing when the
    /// follower is back, and sent again from the outbox.
    /// </summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether a follower that misses events asks for them by itself, or waits for an operator to.</summary>
    public bool ReplayByItself { get; set; } = true;

    /// <summary>
    /// Services that no module is and that follow streams all the same, by name, with the streams that each follows.
    /// What they have not handled yet is kept for them.
    /// </summary>
    public IDictionary<string, IReadOnlyList<string>> Followers { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The services that follow a stream.</summary>
    internal IEnumerable<string> FollowersOf(string stream) =>
        Followers
            .Where(follower => follower.Value.Contains(stream, StringComparer.Ordinal))
            .Select(follower => follower.Key);
}

/// <summary>The brokers that this build can use.</summary>
public enum BrokerKind
{
    /// <summary>None: all modules that exchange events share a process.</summary>
    None,

    /// <summary>RabbitMQ 3.8 or later.</summary>
    RabbitMq,

    /// <summary>Apache Kafka, or what speaks its protocol.</summary>
    Kafka,
}
