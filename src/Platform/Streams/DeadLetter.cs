namespace Platform.Streams;

/// <summary>
/// An event that a module could not handle, or that came behind such a one of the same key. It stays until an
/// operator replays or discards it.
/// </summary>
internal sealed class DeadLetter
{
    public required Guid Id { get; init; }
    public required string Stream { get; init; }
    public required long Position { get; init; }
    public required Guid EventId { get; init; }
    public required string Type { get; init; }
    public required Guid Key { get; init; }
    public required string Payload { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public string? TraceParent { get; init; }

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
