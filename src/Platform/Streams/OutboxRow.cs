namespace Platform.Streams;

/// <summary>One event in its publisher's outbox. Appended with the state it tells of, and never updated.</summary>
internal sealed class OutboxRow
{
    public long Position { get; private init; }
    public required Guid EventId { get; init; }
    public required string Type { get; init; }
    public required Guid Key { get; init; }
    public required string Payload { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public string? TraceParent { get; init; }
}
