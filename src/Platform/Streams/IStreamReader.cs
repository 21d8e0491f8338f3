namespace Platform.Streams;

/// <summary>
/// Yields a stream to one subscription, without gaps. Where it takes the events from, an outbox or a broker, makes
/// no difference to how they are handled.
/// </summary>
internal interface IStreamReader : IAsyncDisposable
{
    /// <summary>Which stream it is, as far as that is known.</summary>
    Guid? Identity { get; }

    /// <summary>
    /// The events behind <paramref name="place"/>, in order and with none left out. All up to there are taken to be
    /// handled and committed.
    /// </summary>
    Task<IReadOnlyList<StreamEvent>> ReadAsync(
        StreamPlace place,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Whether the publisher has agreed that what was handled is in its stream. Over a broker that takes its answer,
    /// before which nothing is said of how it goes.
    /// </summary>
    bool IsAgreed { get; }

    /// <summary>Whether reading again may yield more without anything new being said.</summary>
    bool HasMore { get; }

    /// <summary>Whether what was read can be read again, by another process too, so that a cursor may be stored late.</summary>
    bool CanReadAgain { get; }

    /// <summary>Makes sure that the stream still holds what was handled of it.</summary>
    /// <exception cref="StreamDivergedException">It does not: reading on would pass over events.</exception>
    Task VerifyAsync(StreamPlace place, CancellationToken cancellationToken);

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
