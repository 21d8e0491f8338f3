namespace Platform.Streams;

/// <summary>Holds what was handled of a stream against what the stream is.</summary>
internal static class StreamVerification
{
    /// <summary>In what the stream is not the one that was followed up to a place; null when it is.</summary>
    public static async Task<string?> DifferenceFromAsync(
        this IStreamSource source,
        StreamPlace place,
        StreamStanding standing,
        CancellationToken cancellationToken
    )
    {
        if (place.DifferenceFrom(standing) is not { } difference)
            return null;
        var isOfOlderBuild =
            (place.Stream ?? standing.Identity) == standing.Identity
            && standing.EventThere is not null
            && place.EventId is { } left
            && await source.HasBeforeAsync(left, place.Position, cancellationToken);
        return isOfOlderBuild ? null : difference;
    }
}
