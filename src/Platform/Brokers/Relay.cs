using System.Collections.Concurrent;
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
    IReadOnlyList<string> followers,
    IBroker broker,
    GaplessReader reader,
    CursorStore cursors,
    RelayLedger ledger,
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

    private readonly ConcurrentQueue<FollowerReport> _reports = new();
    private readonly Reporters _reporters = new();
    private readonly Dictionary<string, long> _replays = new(StringComparer.Ordinal);
    private IBrokerInbox? _inbox;
    private Task _receiving = Task.CompletedTask;
    private long? _position;
    private string? _secondOwner;
    private DateTimeOffset _secondOwnerSeen = DateTimeOffset.MinValue;

    public ModuleDefinition Module => module;

    public IReadOnlyList<string> Followers => followers;

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
        if (gate.State == ModuleState.Starting)
        {
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
        if (_receiving.IsFaulted)
            await _receiving;
        if (_inbox is null)
            await OpenAsync(stopping);
        var answered = await AnswerReportsAsync(stopping);
        var relayed = await RelayAsync(stopping);
        var replayed = await ReplayAsync(stopping);
        Status.Is(SubscriptionState.Running);
        return answered || relayed || replayed;
    }

    private async Task<bool> RelayAsync(CancellationToken stopping)
    {
        var position = _position ??= (await cursors.ReadAsync(stopping)).Position;
        var events = await reader.ReadAsync(position, options.BatchSize, stopping);
        if (events.Count == 0)
            return false;
        await broker.PublishAsync(
            BrokerAddress.FollowersOf(module.Stream),
            Sequence(position, events),
            stopping
        );
        faults.Pass("relayed");
        await ledger.AdvanceAsync(CursorName, position, events[^1].Position, stopping);
        _position = events[^1].Position;
        return true;
    }

    /// <summary>Sends a follower, a batch at a time, what it missed, up to what everybody was sent.</summary>
    private async Task<bool> ReplayAsync(CancellationToken stopping)
    {
        foreach (var (follower, position) in _replays.ToList())
        {
            var events =
                position < _position ? await reader.ReadAsync(position, options.BatchSize, stopping) : [];
            var missed = events.TakeWhile(happened => happened.Position <= _position).ToList();
            if (missed.Count == 0)
            {
                _replays.Remove(follower);
                await TellHeadAsync(follower, position, stopping);
                continue;
            }
            await broker.PublishAsync(
                BrokerAddress.FollowerOf(module.Stream, follower),
                Sequence(position, missed),
                stopping
            );
            _replays[follower] = missed[^1].Position;
        }
        return _replays.Count > 0;
    }

    private async Task<bool> AnswerReportsAsync(CancellationToken stopping)
    {
        var answered = false;
        while (_reports.TryDequeue(out var report))
        {
            answered = true;
            if (!followers.Contains(report.Follower, StringComparer.Ordinal))
            {
                (_secondOwner, _secondOwnerSeen) = (report.Follower, clock.GetUtcNow());
                continue;
            }
            if (_reporters.IsSecond(report))
                (_secondOwner, _secondOwnerSeen) = (report.Follower, clock.GetUtcNow());
            await ledger.NoteAsync(report.Follower, report.Position, stopping);
            if (!report.Replay)
                await TellHeadAsync(report.Follower, report.Position, stopping);
            else if (_replays.TryAdd(report.Follower, report.Position))
                logger.LogWarning(
                    "The stream {Stream} is sent to {Follower} again from {Position} on, as it asked",
                    module.Stream,
                    report.Follower,
                    report.Position
                );
        }
        return answered;
    }

    private async Task TellHeadAsync(string follower, long reported, CancellationToken stopping)
    {
        var relayed = _position ??= (await cursors.ReadAsync(stopping)).Position;
        var head = await reader.HeadAsync(stopping);
        var message = new StreamHead(relayed, head ?? 0, reported);
        await broker.PublishAsync(
            BrokerAddress.FollowerOf(module.Stream, follower),
            [message.ToMessage(module.Stream, Guid.CreateVersion7(clock.GetUtcNow()))],
            stopping
        );
    }

    private async Task OpenAsync(CancellationToken stopping)
    {
        await CloseAsync();
        await broker.DeclareAsync(module.Stream, followers, stopping);
        var inbox = await broker.OpenAsync(BrokerAddress.ReportsTo(module.Stream), stopping);
        _inbox = inbox;
        _receiving = Task.Run(() => ReceiveAsync(inbox, stopping), stopping);
    }

    private async Task ReceiveAsync(IBrokerInbox inbox, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var delivery = await inbox.ReceiveAsync(stopping);
                if (StreamMessages.ReadReport(delivery.Message) is { } report)
                    _reports.Enqueue(report);
                await inbox.AcknowledgeAsync(delivery, stopping);
                signal.Set();
            }
        }
        finally
        {
            signal.Set();
        }
    }

    private async Task CloseAsync()
    {
        (_position, var inbox) = (null, Interlocked.Exchange(ref _inbox, null));
        _replays.Clear();
        _reporters.Forget();
        if (inbox is not null)
            await inbox.DisposeAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _receiving = Task.CompletedTask;
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

    private static List<BrokerMessage> Sequence(long previous, IReadOnlyList<StreamEvent> events)
    {
        var messages = new List<BrokerMessage>(events.Count);
        foreach (var happened in events)
        {
            messages.Add(new SequencedEvent(happened, previous).ToMessage());
            previous = happened.Position;
        }
        return messages;
    }
}
