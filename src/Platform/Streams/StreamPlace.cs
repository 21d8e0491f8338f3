using System.Globalization;

namespace Platform.Streams;

/// <summary>
/// Where a follower stands in a stream: at the event that it handled last. A position alone identifies no event, since
/// a publisher whose database was put back to an older copy says others under the same positions.
/// </summary>
/// <param name="Stream">The stream's identity; null while it was never heard of.</param>
/// <param name="Position">The position of the event; 0 before the first.</param>
/// <param name="EventId">The event's id; null before the first, or when an older build stored the place.</param>
public sealed record StreamPlace(Guid? Stream, long Position, Guid? EventId)
{
    /// <summary>Before the first event of a stream that was never heard of.</summary>
    public static readonly StreamPlace Beginning = new(null, 0, null);

    /// <summary>The place of an event of the same stream.</summary>
    /// <param name="happened">The event.</param>
    public StreamPlace At(StreamEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return this with { Position = happened.Position, EventId = happened.EventId };
    }

    /// <summary>
    /// The end of the millisecond in which the event was said, which its id tells; null when the id is unknown or of another kind.
    /// </summary>
    public DateTimeOffset? SaidAt => EventId is { Version: 7 } id ? TimeOf(id) : null;

    /// <summary>
    /// In what the stream is not the one that was followed up to here; null when it still holds the event of this place,
    /// or can prove that it was trimmed.
    /// </summary>
    /// <param name="standing">What the stream says of this place's position.</param>
    public string? DifferenceFrom(StreamStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        if (Stream is { } known && known != standing.Identity)
            return $"it is another stream of that name ({standing.Identity}, where {known} was followed)";
        if (Position == 0 || (standing.EventThere is { } there && there == (EventId ?? there)))
            return null;
        if (standing.Head < Position)
            return $"it ends at {standing.Head}, but {Position} was handled before";
        if (standing.EventThere is { } other)
            return $"at {Position} it has the event {other}, but {EventId} was handled there";
        return EventId is null || standing.TrimmedTo >= Position
            ? null
            : $"it has no event at {Position} any more, but {EventId} was handled there";
    }

    private static DateTimeOffset TimeOf(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            1 + long.Parse(id.ToString("N")[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        );
}

/// <summary>What a stream says of itself when it is asked about a position.</summary>
/// <param name="Identity">Which stream it is; made with its module's schema, and kept wherever that is copied to.</param>
/// <param name="Head">The position of the newest event; 0 when there is none.</param>
/// <param name="TrimmedTo">Events up to here may have been removed, since everybody had handled them.</param>
/// <param name="EventThere">The id of the event at the position; null when there is none.</param>
public sealed record StreamStanding(Guid Identity, long Head, long TrimmedTo, Guid? EventThere);
