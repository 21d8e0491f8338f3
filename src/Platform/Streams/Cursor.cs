namespace Platform.Streams;

/// <summary>
/// How far a module has come in a stream. It advances in the transaction that holds the effects of the events
/// passed, and only from the position it was read at: that is what makes effects exactly-once.
/// </summary>
internal sealed class Cursor
{
    public required string Stream { get; init; }

    /// <summary>The last event whose effects, or whose parking, are committed. A concurrency token.</summary>
    public long Position { get; set; }

    /// <summary>Which stream it is a position in; null until the first move by a build that knows identities.</summary>
    public Guid? StreamIdentity { get; set; }

    /// <summary>The id of the event at the position; null at 0, and until then.</summary>
    public Guid? EventId { get; set; }

    /// <summary>Grows with each replay, so that a replay and a batch never interleave. A concurrency token.</summary>
    public long Replays { get; set; }

    /// <summary>The replica that reads the stream for this module; a courtesy, correctness never depends on it.</summary>
    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public StreamPlace Place
    {
        get => new(StreamIdentity, Position, EventId);
        set => (StreamIdentity, Position, EventId) = (value.Stream, value.Position, value.EventId);
    }
}

/// <summary>A step of a cursor. It is refused when the cursor is somewhere else by now, or has seen another replay.</summary>
internal sealed record CursorMove(string Stream, long From, StreamPlace To, long Replays);
