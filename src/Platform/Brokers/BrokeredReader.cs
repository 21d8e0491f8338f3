using Microsoft.Extensions.Logging;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>
/// Reads a stream that is published in another process. Deliveries are acknowledged when the cursor has passed them,
/// so never before their effects are committed; a loss on the way is noticed, reported and asked for again.
/// </summary>
internal sealed class BrokeredReader(
    SubscriptionDefinition subscription,
    IBroker broker,
    Ownerships ownerships,
    BrokerOptions options,
    StreamSignals signals,
    TimeProvider clock,
    ILogger<BrokeredReader> logger
) : IStreamReader
{
    /// <summary>Reports that go unanswered before the publisher is taken to be away.</summary>
    private const int PatienceWithPublisher = 5;

    private BrokeredSession? _session;
    private (StreamHead Answer, StreamPlace Place)? _last;

    /// <summary>
    /// What the publisher last said of itself, also when there is no conversation any more, and what was committed when
    /// it was asked.
    /// </summary>
    public (StreamHead Answer, StreamPlace Place)? Last =>
        _session is { Answer: { } answer } session ? (answer, session.Place) : _last;

    /// <summary>Why the last message that was refused in this conversation was; null when none was.</summary>
    public string? Refusal => _session?.Refusal;

    public Guid? Identity => _session?.Identity;

    public bool IsAgreed => _session is { Answer: not null };

    public Obstacle? Obstacle => _session is { } session ? ObstacleOf(session) : null;

    /// <summary>Reading on acknowledges what was handled, and costs no query.</summary>
    public bool HasMore => true;

    /// <summary>What is acknowledged is gone.</summary>
    public bool CanReadAgain => false;

    public async Task<IReadOnlyList<StreamEvent>> ReadAsync(
        StreamPlace place,
        int limit,
        CancellationToken cancellationToken
    )
    {
        _last = Last;
        if (ownerships.RefusalOf(subscription.Module) is not null)
        {
            await StandAsideAsync();
            ownerships.ThrowIfRefused(subscription.Module);
        }
        // The publisher's side of it is what an operator decides by, so it is waited for.
        if (_session is { Difference: { } difference, Answer: not null })
        {
            await StandAsideAsync();
            throw new StreamDivergedException(subscription.Stream, difference);
        }
        if (_session is { Loss: { } loss })
        {
            await StandAsideAsync();
            throw new BrokerException(loss.Message, loss);
        }
        if (place.Position < _session?.Place.Position || place.Position > _session?.Tail)
            await StandAsideAsync();
        _session ??= await OpenAsync(place, cancellationToken);
        return await _session.ReadAsync(place, limit, cancellationToken);
    }

    /// <summary>The publisher verifies what is reported to it; its answer shows when reading.</summary>
    public Task VerifyAsync(StreamPlace place, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long?> HeadAsync(CancellationToken cancellationToken) => Task.FromResult(_session?.Head);

    public Task<DateTimeOffset?> OldestBehindAsync(long position, CancellationToken cancellationToken) =>
        Task.FromResult(_session?.Oldest?.OccurredAt);

    public async ValueTask StandAsideAsync()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
            await session.DisposeAsync();
    }

    public void AskForReplay() => _session?.AskForReplay();

    public ValueTask DisposeAsync() => StandAsideAsync();

    private async Task<BrokeredSession> OpenAsync(StreamPlace place, CancellationToken cancellationToken)
    {
        var (stream, follower) = (subscription.Stream, subscription.Module.Stream);
        await ownerships.EnsureAsync(subscription.Module, cancellationToken);
        await broker.DeclareAsync(stream, [follower], cancellationToken);
        var inbox = await broker.OpenAsync(BrokerAddress.FollowerOf(stream, follower), cancellationToken);
        return new BrokeredSession(subscription, broker, inbox, options, clock, place, Wake);
    }

    private void Wake(bool isLoss)
    {
        if (isLoss)
            logger.LogWarning("{Subscription}: {Obstacle}", subscription, Obstacle?.Description);
        signals.Raise(subscription.Stream);
    }

    private Obstacle? ObstacleOf(BrokeredSession session)
    {
        if (session.Difference is { } difference)
            return new Obstacle(
                SubscriptionState.Broken,
                StreamDivergedException.Describe(subscription.Stream, difference)
            );
        if (session.Missing is { } missing)
        {
            var remedy = session.WantsReplay
                ? "They were asked for again."
                : $"Have them sent again: POST /api/ops/modules/{subscription.Module.Stream}/streams/{subscription.Stream}/replay.";
            return new Obstacle(
                SubscriptionState.AwaitingReplay,
                $"Events {missing.After + 1} to {missing.UpTo} were lost on the way. {remedy}"
            );
        }
        return clock.GetUtcNow() - session.LastWord > PatienceWithPublisher * options.ReportInterval
            ? new Obstacle(
                SubscriptionState.SourceUnreachable,
                session.ReportFailure
                    ?? $"The process that publishes '{subscription.Stream}' has not been heard of since {session.LastWord:u}."
            )
            : null;
    }
}
