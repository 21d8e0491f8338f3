namespace Platform.Streams;

/// <summary>One event as read from a stream.</summary>
/// <param name="Position">Its place in the stream; grows, with gaps where transactions were rolled back.</param>
/// <param name="EventId">UUID v7, the same wherever the event goes.</param>
/// <param name="Type">The alias.</param>
/// <param name="Key">The id of the aggregate it tells of. Events of one key are handled in order.</param>
/// <param name="Payload">JSON.</param>
/// <param name="OccurredAt">When it was said, UTC.</param>
/// <param name="TraceParent">The W3C trace context of what said it, if it was traced.</param>
public sealed record StreamEvent(
    long Position,
    Guid EventId,
    string Type,
    Guid Key,
    string Payload,
    DateTimeOffset OccurredAt,
    string? TraceParent
);
