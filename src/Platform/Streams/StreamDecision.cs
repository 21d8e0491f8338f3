namespace Platform.Streams;

/// <summary>How a module goes on with a stream that is not the one it has followed.</summary>
public enum StreamChoice
{
    /// <summary>It keeps the effects it has, and goes on behind the newest event of the stream as it is now.</summary>
    GoOn,

    /// <summary>It keeps the effects it has, and handles the stream as it is now from an earlier position on.</summary>
    HandleAnew,
}

/// <summary>What an operator decided when a stream was not the one that had been followed. Kept for good.</summary>
internal sealed class StreamDecision
{
    public required Guid Id { get; init; }
    public required string Stream { get; init; }
    public required StreamChoice Choice { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The account of the operator.</summary>
    public required Guid DecidedBy { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public required string Reason { get; init; }

    /// <summary>In what the stream differed.</summary>
    public required string Difference { get; init; }

    public Guid? FromStream { get; init; }
    public required long FromPosition { get; init; }
    public Guid? FromEventId { get; init; }
    public Guid? ToStream { get; init; }
    public required long ToPosition { get; init; }
    public Guid? ToEventId { get; init; }

    /// <summary>Dead letters of events that the stream no longer holds, or that are handled anew, which were removed.</summary>
    public required int LettersRemoved { get; init; }
}
