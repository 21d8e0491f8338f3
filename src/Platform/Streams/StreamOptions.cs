namespace Platform.Streams;

/// <summary>How streams are read. Bound from the section <c>Streams</c>.</summary>
public sealed class StreamOptions
{
    private static readonly TimeSpan[] DefaultRests =
    [
        TimeSpan.FromMilliseconds(50),
        TimeSpan.FromMilliseconds(250),
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(3),
    ];

    /// <summary>The most events handled in one transaction, 1 to 1000.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>How often a reader looks for itself although nothing woke it.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether processes that share a database of an engine that can wake each other when something is said or changed.
    /// Otherwise they find it with their next poll.
    /// </summary>
    public bool WakesReplicas { get; set; } = true;

    /// <summary>How long a replica may keep a subscription without renewing its lease.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How long a gap in a stream's positions is reread before the writers in flight are waited out.</summary>
    public TimeSpan GapPatience { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long a statement of a handler waits for a row that another transaction holds, before that counts as the
    /// event's failure.
    /// </summary>
    public TimeSpan LockPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long to rest before each further attempt at an event that failed; when the list ends, it is parked.
    /// Empty means the default: 50 ms, 250 ms, 1 s and 3 s.
    /// </summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } = [];

    /// <summary>How many live streams one caller may have open at a process.</summary>
    public int LiveStreamsPerCaller { get; set; } = 50;

    internal bool HasOnlyLengthsOfTime =>
        TimeSpan.Zero
        < RetryDelays
            .Append(Poll)
            .Append(Lease)
            .Append(GapPatience)
            .Append(LockPatience)
            .Append(Recovery)
            .Append(Retention)
            .Append(TrimInterval)
            .Min();

    internal IReadOnlyList<TimeSpan> Rests => RetryDelays.Count > 0 ? RetryDelays : DefaultRests;

    /// <summary>How long to rest before a database that could not be reached, or a broken subscription, is tried again.</summary>
    public TimeSpan Recovery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long events stay in an outbox at the least, even when everybody has handled them.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often outboxes are trimmed.</summary>
    public TimeSpan TrimInterval { get; set; } = TimeSpan.FromMinutes(10);
}
