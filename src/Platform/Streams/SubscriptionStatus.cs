using Platform.Brokers;

namespace Platform.Streams;

/// <summary>How a subscription is doing.</summary>
public enum SubscriptionState
{
    /// <summary>Its module is starting, or nothing in this process serves the stream.</summary>
    Waiting,

    /// <summary>It handles events as they come.</summary>
    Running,

    /// <summary>Another replica holds its lease.</summary>
    Standby,

    /// <summary>Events wait, and the replica that holds the lease handles none of them.</summary>
    Unserved,

    /// <summary>Its module is paused.</summary>
    Paused,

    /// <summary>An event failed and is being tried again.</summary>
    Retrying,

    /// <summary>The stream cannot be read; it tries until it can. Its own module is well.</summary>
    SourceUnreachable,

    /// <summary>Events of the stream were lost on the way here; it stands still until they are sent again.</summary>
    AwaitingReplay,

    /// <summary>Its module's database cannot be reached; it tries until it can.</summary>
    Unreachable,

    /// <summary>The message bus did not run the handler it should have; it tries again, and says so.</summary>
    Broken,
}

/// <summary>What an operator sees of a subscription.</summary>
internal sealed class SubscriptionStatus
{
    private readonly Lock _lock = new();

    public SubscriptionState State { get; private set; } = SubscriptionState.Waiting;

    public string? LastError { get; private set; }

    public DateTimeOffset? LastErrorAt { get; private set; }

    public void Is(SubscriptionState state)
    {
        lock (_lock)
            State = state;
    }

    public void Waits(Obstacle obstacle, DateTimeOffset at)
    {
        lock (_lock)
            (State, LastError, LastErrorAt) = (obstacle.State, obstacle.Description, at);
    }

    public void Failed(SubscriptionState state, Exception exception, DateTimeOffset at) =>
        Failed(state, Describe(exception), at);

    public void Failed(SubscriptionState state, string error, DateTimeOffset at)
    {
        lock (_lock)
            (State, LastError, LastErrorAt) = (state, error, at);
    }

    /// <summary>
    /// The kinds and messages of an exception and its causes, without the trace; of a broker, the one sentence that is
    /// meant for operators.
    /// </summary>
    public static string Describe(Exception exception)
    {
        var parts = new List<string>();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is BrokerException)
                return cause.Message;
            parts.Add($"{cause.GetType().Name}: {cause.Message}");
        }
        return string.Join(" ← ", parts);
    }
}
