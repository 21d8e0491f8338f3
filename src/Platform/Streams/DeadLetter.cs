namespace Platform.Streams;

/// <summary>Why an event is parked.</summary>
internal enum ParkingReason
{
    /// <summary>Its handler failed again and again. Later events of its key park behind it.</summary>
    Failed,

    /// <summary>An earlier event of its key is parked.</summary>
    Behind,

    /// <summary>
    /// This build does not know its type. It holds up nothing, since this build would not handle it; one that knows it
    /// takes it up by itself.
    /// </summary>
    Unknown,
}

/// <summary>
/// An event that a module could not handle, or that came behind such a one of the same key. It stays until an
/// operator replays or discards it.
/// </summary>
internal sealed class DeadLetter
{
    /// <summary>The error of one that parked behind another.</summary>
    public const string BehindError = "Parked behind an earlier event of the same key.";

    /// <summary>How the error of one ends whose type was not known; what comes before it is the type.</summary>
    public const string UnknownError = " is not in the contracts this build knows.";

    public required Guid Id { get; init; }
    public required string Stream { get; init; }
    public required long Position { get; init; }
    public required Guid EventId { get; init; }
    public required string Type { get; init; }
    public required Guid Key { get; init; }
    public required string Payload { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public string? TraceParent { get; init; }
    public required ParkingReason Reason { get; set; }

    /// <summary>The first error; for one that parked behind another, which one.</summary>
    public required string Error { get; set; }

    /// <summary>Times it was tried; 0 for one that parked behind another.</summary>
    public required int Attempts { get; set; }

    public required DateTimeOffset FirstFailedAt { get; init; }
    public required DateTimeOffset LastFailedAt { get; set; }
    public DateTimeOffset? ReplayRequestedAt { get; set; }
    public DateTimeOffset? DiscardedAt { get; set; }

    internal StreamEvent ToEvent() => new(Position, EventId, Type, Key, Payload, OccurredAt, TraceParent);
}
