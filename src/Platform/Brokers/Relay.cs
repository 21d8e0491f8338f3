using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>
/// Carries one module's stream to its followers in other processes: one more reader of the outbox, with a cursor of
/// its own in the publisher's schema, that publishes each event in order and moves on when the broker has confirmed
/// it. Killed in between it publishes again, which followers tell by the position.
/// </summary>
internal sealed class Relay(
    ModuleDefinition module,
    Func<IReadOnlyList<string>> followersNow,
    IBroker broker,
    OutboxSource source,
    GaplessReader reader,
    CursorStore cursors,
    RelayLedger ledger,
    RelayAnswers answers,
    Ownerships ownerships,
    StreamSignal signal,
    ModuleGate gate,
    DatabaseChoice database,
    FaultPoints faults,
    StreamOptions options,
    TimeProvider clock,
    ILogger<Relay> logger
)
{
    /// <summary>The name of a relay's cursor in its module's schema.</summary>
    public const string CursorName = "(relay)";

    /// <summary>How long a report of a second owner counts.</summary>
    private static readonly TimeSpan SecondOwnerFades = TimeSpan.FromSeconds(30);

    private readonly ReportInbox _inbox = new(module.Stream, broker, signal);
    private readonly Reporters _reporters = new();
    private readonly Dictionary<string, StreamPlace> _replays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FollowerReport> _lastReports = new(StringComparer.Ordinal);
    private StreamPlace? _place;
    private IReadOnlyList<string> _followers = [];
    private string? _secondOwner;
    private DateTimeOffset _secondOwnerSeen = DateTimeOffset.MinValue;

    public ModuleDefinition Module => module;

    /// <summary>How many messages were sent again since the process started.</summary>
    public long SentAgain { get; private set; }

    /// <summary>Who follows the stream elsewhere now; empty while nobody does and the relay rests.</summary>
    public IReadOnlyList<string> Followers => followersNow();

    public SubscriptionStatus Status { get; } = new();

    /// <summary>A module that two processes reported themselves to be lately; null when there was none.</summary>
    public string? SecondOwner =>
        clock.GetUtcNow() - _secondOwnerSeen < SecondOwnerFades ? _secondOwner : null;

    public Task<long?> HeadAsync(CancellationToken cancellationToken) => reader.HeadAsync(cancellationToken);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await StepAsync(stopping))
                    await signal.WaitAsync(options.Poll, clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                await RecoverAsync(failure, stopping);
            }
        }
        await CloseAsync();
        await cursors
            .ReleaseAsync(CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        signal.Dispose();
    }

    /// <summary>Does what there is to do. False when there was nothing.</summary>
    private async Task<bool> StepAsync(CancellationToken stopping)
    {
        var followers = followersNow();
        if (gate.IsAway || gate.State is ModuleState.Starting || followers.Count == 0)
        {
            await CloseAsync();
            await cursors.ReleaseAsync(stopping);
            Status.Is(SubscriptionState.Waiting);
            if (gate.IsOpen)
                await Task.Delay(options.Poll, clock, stopping);
            else
                await gate.WaitUntilOpenAsync(stopping)
                    .WaitAsync(options.Poll, clock, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }
        if (!await cursors.HoldAsync(stopping))
        {
            Status.Is(SubscriptionState.Standby);
            await CloseAsync();
            await Task.Delay(options.Poll, clock, stopping);
            return true;
        }
        ownerships.ThrowIfRefused(module);
        await _inbox.ThrowIfBrokenAsync();
        if (!_inbox.IsOpen || !_followers.SequenceEqual(followers))
            await OpenAsync(followers, stopping);
        var answered = await AnswerReportsAsync(stopping);
        var relayed = await RelayAsync(stopping);
        var replayed = await ReplayAsync(stopping);
        Status.Is(SubscriptionState.Running);
        return answered || relayed || replayed;
    }

    private async Task<bool> RelayAsync(CancellationToken stopping)
    {
        var place = _place ??= await PlaceAsync(stopping);
        var events = await reader.ReadAsync(place.Position, options.BatchSize, stopping);
        if (events.Count == 0)
            return false;
        await broker.PublishAsync(
            BrokerAddress.FollowersOf(module.Stream),
            Sequence(place, events),
            stopping
        );
        faults.Pass("relayed");
        var moved = place.At(events[^1]);
        await ledger.AdvanceAsync(CursorName, place.Position, moved, stopping);
        _place = moved;
        return true;
    }

    /// <summary>Where the relay has come to, with what a cursor that an older build moved does not say.</summary>
    private async Task<StreamPlace> PlaceAsync(CancellationToken stopping)
    {
        var stored = (await cursors.ReadAsync(stopping)).Place;
        var standing = await source.StandingAsync(stored.Position, stopping);
        return stored with { Stream = standing.Identity, EventId = standing.EventThere ?? stored.EventId };
    }

    /// <summary>Sends a follower, a batch at a time, what it missed, up to what everybody was sent.</summary>
    private async Task<bool> ReplayAsync(CancellationToken stopping)
    {
        foreach (var (follower, place) in _replays.ToList())
        {
            var sent = _place?.Position ?? 0;
            var events =
                place.Position < sent
                    ? await reader.ReadAsync(place.Position, options.BatchSize, stopping)
                    : [];
            var missed = events.TakeWhile(happened => happened.Position <= sent).ToList();
            if (missed.Count == 0)
            {
                _replays.Remove(follower);
                await TellHeadAsync(_lastReports[follower], null, stopping);
                continue;
            }
            await broker.PublishAsync(
                BrokerAddress.FollowerOf(module.Stream, follower),
                Sequence(place, missed),
                stopping
            );
            SentAgain += missed.Count;
            _replays[follower] = place.At(missed[^1]);
        }
        return _replays.Count > 0;
    }

    private async Task<bool> AnswerReportsAsync(CancellationToken stopping)
    {
        var answered = false;
        while (_inbox.Take() is { } report)
        {
            answered = true;
            if (!_followers.Contains(report.Follower, StringComparer.Ordinal))
            {
                (_secondOwner, _secondOwnerSeen) = (report.Follower, clock.GetUtcNow());
                continue;
            }
            if (_reporters.IsSecond(report))
                (_secondOwner, _secondOwnerSeen) = (report.Follower, clock.GetUtcNow());
            _lastReports[report.Follower] = report;
            var standing = await source.StandingAsync(report.Place.Position, stopping);
            if (_place is { } place && (place.Stream != standing.Identity || place.Position > standing.Head))
                _place = null;
            var difference = await source.DifferenceFromAsync(report.Place, standing, stopping);
            if (difference is not null)
            {
                // Nothing of what it may come to need again is trimmed: how far it once was is kept.
                _replays.Remove(report.Follower);
                await TellHeadAsync(report, difference, stopping);
                continue;
            }
            await ledger.NoteAsync(report.Follower, report.Place.Position, stopping);
            if (report.Replay && _replays.TryAdd(report.Follower, Whole(report.Place, standing)))
                logger.LogWarning(
                    "The stream {Stream} is sent to {Follower} again from {Position} on, as it asked",
                    module.Stream,
                    report.Follower,
                    report.Place.Position
                );
            if (!report.Replay)
                await TellHeadAsync(report, null, stopping);
        }
        return answered;
    }

    private async Task TellHeadAsync(FollowerReport report, string? difference, CancellationToken stopping)
    {
        var relayed = _place ??= await PlaceAsync(stopping);
        var sent = _replays.GetValueOrDefault(report.Follower);
        await answers.TellAsync(report, relayed, sent, difference, stopping);
    }

    private static StreamPlace Whole(StreamPlace reported, StreamStanding standing) =>
        reported with
        {
            Stream = standing.Identity,
            EventId = standing.EventThere ?? reported.EventId,
        };

    private async Task OpenAsync(IReadOnlyList<string> followers, CancellationToken stopping)
    {
        await CloseAsync();
        await ownerships.EnsureAsync(module, stopping);
        await broker.DeclareAsync(module.Stream, followers, stopping);
        await _inbox.OpenAsync(stopping);
        _followers = followers;
    }

    private async Task CloseAsync()
    {
        _place = null;
        _replays.Clear();
        _lastReports.Clear();
        _reporters.Forget();
        await _inbox.CloseAsync();
    }

    private async Task RecoverAsync(Exception failure, CancellationToken stopping)
    {
        var isOfDatabase = failure is not BrokerException && DatabaseFailure.IsUnreachable(failure);
        var state =
            isOfDatabase || failure is BrokerException
                ? SubscriptionState.Unreachable
                : SubscriptionState.Broken;
        var reason = isOfDatabase
            ? DatabaseFailure.SentenceFor(database, failure)
            : SubscriptionStatus.Describe(failure);
        if (Status.State != state)
            logger.LogError(
                state == SubscriptionState.Broken ? failure : null,
                "The relay of {Stream}: {State}; trying again until it works. {Reason}",
                module.Stream,
                state,
                reason
            );
        Status.Failed(state, reason, clock.GetUtcNow());
        await CloseAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(options.Recovery, clock, stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static List<BrokerMessage> Sequence(StreamPlace previous, IReadOnlyList<StreamEvent> events)
    {
        var messages = new List<BrokerMessage>(events.Count);
        foreach (var happened in events)
        {
            messages.Add(new SequencedEvent(happened, previous).ToMessage());
            previous = previous.At(happened);
        }
        return messages;
    }
}
