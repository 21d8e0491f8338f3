namespace Platform.Streams;

/// <summary>
/// Yields a stream to one subscription, without gaps. Where it takes the events from, an outbox or a broker, makes
/// no difference to how they are handled.
/// </summary>
internal interface IStreamReader : IAsyncDisposable
{
    /// <summary>
    /// The events behind <paramref name="position"/>, in order and with none left out. All up to that position are
    /// taken to be handled and committed.
    /// </summary>
    Task<IReadOnlyList<StreamEvent>> ReadAsync(long position, int limit, CancellationToken cancellationToken);

    /// <summary>Whether reading again may yield more without anything new being said.</summary>
    bool HasMore { get; }

    /// <summary>Whether what was read can be read again, by another process too, so that a cursor may be stored late.</summary>
    bool CanReadAgain { get; }

    /// <summary>The position of the stream's newest event, if that lies before <paramref name="position"/>; else null.</summary>
    Task<long?> EndsBeforeAsync(long position, CancellationToken cancellationToken);

    /// <summary>The position of the stream's newest event; null while that is not known.</summary>
    Task<long?> HeadAsync(CancellationToken cancellationToken);

    /// <summary>When the oldest event behind <paramref name="position"/> was said; null when there is none.</summary>
    Task<DateTimeOffset?> OldestBehindAsync(long position, CancellationToken cancellationToken);

    /// <summary>What keeps further events from coming; null when nothing does.</summary>
    Obstacle? Obstacle { get; }

    /// <summary>Lets go of what is held for the subscription, because another replica reads the stream now.</summary>
    ValueTask StandAsideAsync();

    /// <summary>Asks for everything that is not handled yet once more.</summary>
    void AskForReplay();
}

/// <summary>Why a stream does not go on.</summary>
internal sealed record Obstacle(SubscriptionState State, string Description);
