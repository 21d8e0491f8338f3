namespace Platform.Streams;

/// <summary>Where a stream is read from: the outbox of a module in this process, or a stand-in for it in tests.</summary>
public interface IStreamSource
{
    /// <summary>The stream's name: the publishing module's in lower case.</summary>
    string Stream { get; }

    /// <summary>The committed events behind <paramref name="position"/>, in order, possibly with gaps.</summary>
    Task<IReadOnlyList<StreamEvent>> ReadAsync(long position, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Some of the committed events behind <paramref name="position"/>, in order, if the next is among them: the rest
    /// of what comes before a gap may be committed all the same. Yields more cheaply what was committed here just now.
    /// </summary>
    Task<IReadOnlyList<StreamEvent>> ReadNextAsync(
        long position,
        int limit,
        CancellationToken cancellationToken
    ) => ReadAsync(position, limit, cancellationToken);

    /// <summary>The position of the newest event; 0 when there is none.</summary>
    Task<long> HeadAsync(CancellationToken cancellationToken);

    /// <summary>What the stream says of itself, and of <paramref name="position"/>.</summary>
    Task<StreamStanding> StandingAsync(long position, CancellationToken cancellationToken);

    /// <summary>
    /// Whether an event is in the stream before a position. A build without identities moves a cursor and leaves the id of
    /// the event it stood on, which is in the stream then, and is not when the publisher was put back.
    /// </summary>
    Task<bool> HasBeforeAsync(Guid eventId, long position, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>
    /// The place of the newest event up to a position that was said by a certain time; before the first when there is
    /// none. It may read all that is behind the place: it is for those who begin, or have lost their way.
    /// </summary>
    /// <param name="upTo">The last position that counts.</param>
    /// <param name="saidBy">When it must have been said; null for any time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<StreamPlace> PlaceAsync(long upTo, DateTimeOffset? saidBy, CancellationToken cancellationToken);

    /// <summary>
    /// Returns once every transaction that was writing to the outbox when this was called has ended, so that
    /// what is still missing after it was rolled back.
    /// </summary>
    Task WaitOutWritersAsync(CancellationToken cancellationToken);
}
