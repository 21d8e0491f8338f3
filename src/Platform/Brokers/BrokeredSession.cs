using Platform.Streams;

namespace Platform.Brokers;

/// <summary>
/// A follower's side of a conversation with a relay, for as long as one inbox is open: takes in what arrives, says
/// every so often how far it has come, and asks for what is missing.
/// </summary>
internal sealed class BrokeredSession : IAsyncDisposable
{
    private readonly Guid _id;
    private readonly SubscriptionDefinition _subscription;
    private readonly IBroker _broker;
    private readonly IBrokerInbox _inbox;
    private readonly BrokerOptions _options;
    private readonly TimeProvider _clock;
    private readonly Action<bool> _wake;
    private readonly Intake _intake;
    private readonly StreamSignal _due = new(_ => { });
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly Task _receiving;
    private readonly Task _reporting;
    private bool _isAskedToReplay;
    private long? _tailWhenAsked;

    /// <summary>Begins to receive and to report.</summary>
    /// <param name="subscription">Who follows what.</param>
    /// <param name="broker">Takes the reports.</param>
    /// <param name="inbox">Where events arrive.</param>
    /// <param name="options">How often to report.</param>
    /// <param name="clock">When the publisher was heard of.</param>
    /// <param name="position">What is committed.</param>
    /// <param name="wake">Called when something arrived; with true when that showed that something is missing.</param>
    public BrokeredSession(
        SubscriptionDefinition subscription,
        IBroker broker,
        IBrokerInbox inbox,
        BrokerOptions options,
        TimeProvider clock,
        long position,
        Action<bool> wake
    )
    {
        (_subscription, _broker, _inbox, _options, _clock, _wake) = (
            subscription,
            broker,
            inbox,
            options,
            clock,
            wake
        );
        _id = Guid.CreateVersion7(clock.GetUtcNow());
        (_intake, Position, LastWord) = (new Intake(position), position, clock.GetUtcNow());
        _receiving = Task.Run(() => ReceiveAsync(_closing.Token));
        _reporting = Task.Run(() => ReportAsync(_closing.Token));
    }

    /// <summary>Why nothing arrives any more; null while it may.</summary>
    public Exception? Loss => _receiving.Exception?.InnerException;

    /// <summary>What is committed.</summary>
    public long Position { get; private set; }

    /// <summary>When something last arrived.</summary>
    public DateTimeOffset LastWord { get; private set; }

    public long? Head => Locked(() => _intake.Head);

    public bool IsRewound => Locked(() => _intake.IsRewound);

    public StreamEvent? Oldest => Locked(() => _intake.Oldest);

    public (long After, long UpTo)? Missing =>
        Locked<(long, long)?>(() => _intake.MissingUpTo is { } upTo ? (_intake.Tail, upTo) : null);

    public bool WantsReplay => _isAskedToReplay || (_options.ReplayByItself && Missing is not null);

    public async Task<IReadOnlyList<StreamEvent>> ReadAsync(
        long position,
        int limit,
        CancellationToken cancellationToken
    )
    {
        BrokerDelivery? passed;
        IReadOnlyList<StreamEvent> events;
        lock (_lock)
        {
            Position = position;
            passed = _intake.Pass(position);
            events = _intake.Read(position, limit);
        }
        if (passed is not null)
            await _inbox.AcknowledgeAsync(passed, cancellationToken);
        return events;
    }

    public void AskForReplay()
    {
        _isAskedToReplay = true;
        _due.Set();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_receiving, _reporting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _inbox.DisposeAsync();
        _closing.Dispose();
    }

    private async Task ReceiveAsync(CancellationToken closing)
    {
        try
        {
            while (true)
                Take(await _inbox.ReceiveAsync(closing));
        }
        finally
        {
            _wake(false);
        }
    }

    private void Take(BrokerDelivery delivery)
    {
        LastWord = _clock.GetUtcNow();
        bool lost;
        lock (_lock)
        {
            var wasWhole = _intake.MissingUpTo is null;
            _intake.Accept(delivery);
            lost = wasWhole && _intake.MissingUpTo is not null;
        }
        if (lost)
            _due.Set();
        _wake(lost);
    }

    private async Task ReportAsync(CancellationToken closing)
    {
        while (true)
        {
            var report = new FollowerReport(_subscription.Module.Stream, Position, Locked(ShouldAsk), _id);
            try
            {
                await _broker.PublishAsync(
                    BrokerAddress.ReportsTo(_subscription.Stream),
                    [report.ToMessage(Guid.CreateVersion7(_clock.GetUtcNow()))],
                    closing
                );
                if (report.Replay)
                    _isAskedToReplay = false;
            }
            catch (BrokerException)
            {
                // Said again next time; a lost connection ends the session.
            }
            await _due.WaitAsync(_options.ReportInterval, _clock, closing);
        }
    }

    /// <summary>
    /// The first time at once. After that only when nothing came and nothing is left to do: a long replay that is
    /// under way must not be begun again.
    /// </summary>
    private bool ShouldAsk()
    {
        if (_isAskedToReplay)
            return true;
        if (!_options.ReplayByItself || _intake.MissingUpTo is null)
        {
            _tailWhenAsked = null;
            return false;
        }
        var isStuck = _tailWhenAsked is null || (_tailWhenAsked == _intake.Tail && _intake.Oldest is null);
        _tailWhenAsked = _intake.Tail;
        return isStuck;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}
