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

    /// <summary>What readers get of it once the database has given it <paramref name="position"/>.</summary>
    public StreamEvent At(long position) =>
        new(position, EventId, Type, Key, Payload, OccurredAt, TraceParent);
}
