using Platform.Streams;
using Platform.Telemetry;

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
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly StreamSignal _due = new(_ => { });
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly Task _receiving;
    private readonly Task _reporting;
    private bool _isAskedToReplay;
    private long? _tailWhenAsked;
    private long _reports;
    private long _askedIn;

    /// <summary>Begins to receive and to report.</summary>
    /// <param name="subscription">Who follows what.</param>
    /// <param name="broker">Takes the reports.</param>
    /// <param name="inbox">Where events arrive.</param>
    /// <param name="options">How often to report.</param>
    /// <param name="clock">When the publisher was heard of.</param>
    /// <param name="place">What is committed.</param>
    /// <param name="wake">Called when something arrived; with true when that showed that something is missing.</param>
    public BrokeredSession(
        SubscriptionDefinition subscription,
        IBroker broker,
        IBrokerInbox inbox,
        BrokerOptions options,
        TimeProvider clock,
        StreamPlace place,
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
        _tags = [new("module", subscription.Module.Name), new("stream", subscription.Stream)];
        _id = Guid.CreateVersion7(clock.GetUtcNow());
        (_intake, Place, LastWord) = (new Intake(place, _id), place, clock.GetUtcNow());
        _receiving = Task.Run(() => ReceiveAsync(_closing.Token));
        _reporting = Task.Run(() => ReportAsync(_closing.Token));
    }

    /// <summary>Why nothing arrives any more; null while it may.</summary>
    public Exception? Loss => _receiving.Exception?.InnerException;

    /// <summary>What is committed.</summary>
    public StreamPlace Place { get; private set; }

    /// <summary>When something of the stream last arrived.</summary>
    public DateTimeOffset LastWord { get; private set; }

    public long? Head => Locked(() => _intake.Head);

    /// <summary>The end of what has arrived unbroken; a cursor beyond it was moved by somebody else.</summary>
    public long Tail => Locked(() => _intake.Tail.Position);

    public Guid? Identity => Locked(() => _intake.Tail.Stream);

    /// <summary>The publisher's last answer; null before the first.</summary>
    public StreamHead? Answer => Locked(() => _intake.Answer);

    /// <summary>In what the stream is not the one that was handled; null when nothing shows that.</summary>
    public string? Difference => Locked(() => _intake.Difference);

    /// <summary>Why the last report could not be sent; null when it was.</summary>
    public string? ReportFailure { get; private set; }

    /// <summary>Why the last message that was refused was; null when none was.</summary>
    public string? Refusal => Locked(() => _intake.Refusal);

    public StreamEvent? Oldest => Locked(() => _intake.Oldest);

    public (long After, long UpTo)? Missing =>
        Locked<(long, long)?>(() => _intake.MissingUpTo is { } upTo ? (_intake.Tail.Position, upTo) : null);

    public bool WantsReplay => _isAskedToReplay || (_options.ReplayByItself && Missing is not null);

    public async Task<IReadOnlyList<StreamEvent>> ReadAsync(
        StreamPlace place,
        int limit,
        CancellationToken cancellationToken
    )
    {
        BrokerDelivery? passed;
        IReadOnlyList<StreamEvent> events;
        lock (_lock)
        {
            Place = place;
            passed = _intake.Pass(place.Position);
            events = _intake.Read(place.Position, limit);
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
        bool lost;
        lock (_lock)
        {
            var wasWhole = _intake.MissingUpTo is null;
            if (_intake.Accept(delivery))
                LastWord = _clock.GetUtcNow();
            else
                PlatformTelemetry.MessagesRefused.Add(1, _tags);
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
            var report = Locked(NextReport);
            try
            {
                await _broker.PublishAsync(
                    BrokerAddress.ReportsTo(_subscription.Stream),
                    [report.ToMessage(Guid.CreateVersion7(_clock.GetUtcNow()))],
                    closing
                );
                ReportFailure = null;
                if (report.Replay)
                    _isAskedToReplay = false;
            }
            catch (BrokerException failure)
            {
                // Said again next time; a lost connection ends the session.
                ReportFailure = failure.Message;
            }
            await _due.WaitAsync(_options.ReportInterval, _clock, closing);
        }
    }

    private FollowerReport NextReport()
    {
        var asks = ShouldAsk();
        _reports++;
        if (asks)
            _askedIn = _reports;
        return new FollowerReport(_subscription.Module.Stream, Place, asks, _id, _reports);
    }

    /// <summary>
    /// What is missing may still be on its way, and comes before an answer to what this session has said: only what is
    /// missing behind such an answer is lost. It is asked for once, and again only when the publisher has sent all of
    /// it in vain.
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
        if (_intake.Answer is not { Session: not null } answer)
            return _intake.Answer is not null && IsStuck();
        return !answer.IsReplaying && answer.Number > _askedIn;
    }

    /// <summary>A relay of an older build does not say what it answers, so it is asked when nothing has come.</summary>
    private bool IsStuck()
    {
        var isStuck =
            _tailWhenAsked is null || (_tailWhenAsked == _intake.Tail.Position && _intake.Oldest is null);
        _tailWhenAsked = _intake.Tail.Position;
        return isStuck;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}
