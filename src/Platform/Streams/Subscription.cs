using Microsoft.Extensions.Logging;
using Platform.Brokers;
using Platform.Data;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Streams;

/// <summary>
/// Follows a stream for a module, for as long as the process runs: reads, handles in batches, retries, parks and
/// replays. Whatever goes wrong here stays here; no other subscription notices.
/// </summary>
internal sealed class Subscription(
    SubscriptionDefinition definition,
    IStreamReader reader,
    CursorStore cursors,
    EventBatcher batcher,
    RetryingBatcher retrying,
    Replayer replayer,
    StreamSignal signal,
    ModuleGate gate,
    DatabaseChoice database,
    SubscriptionStatus status,
    StreamOptions options,
    TimeProvider clock,
    IncidentLog incidents,
    ILogger<Subscription> logger
)
{
    /// <summary>
    /// When more was said while a batch of many was handled, much is said: it is handled in fewer batches, of which
    /// each costs two round trips. This spares the processor, whose time no test's clock keeps.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(3);

    private const int Many = 5;

    /// <summary>A cursor that has only passed what has no effect here is stored when nothing more comes for so long.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(50);

    /// <summary>Leases for which another replica may stand still while events wait.</summary>
    private const int PatienceWithOthers = 5;

    private CursorSnapshot? _cursor;
    private long _standsAt = -1;
    private DateTimeOffset _standsSince;
    private int _lastBatch;
    private DateTimeOffset _nextLookForReplays;
    private volatile bool _startsOver;

    public SubscriptionDefinition Definition => definition;

    public SubscriptionStatus Status => status;

    public IStreamReader Reader => reader is HomeReader { Current: var current } ? current : reader;

    /// <summary>Makes the subscription look for new events and replay requests now.</summary>
    public void Wake()
    {
        _nextLookForReplays = default;
        signal.Set();
    }

    /// <summary>Makes the subscription go on from where its cursor is by now, in a new conversation with its publisher.</summary>
    public void StartOver()
    {
        _startsOver = true;
        Wake();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await StepAsync(stopping))
                {
                    if (signal.IsSet && _lastBatch >= Many)
                        await Task.Delay(Gathering, TimeProvider.System, stopping);
                    if (_cursor is { IsAhead: true })
                        await signal.WaitAsync(Settling, TimeProvider.System, stopping);
                    else
                        await signal.WaitAsync(options.Poll, clock, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                _cursor = null;
                await RecoverAsync(failure, stopping);
            }
        }
        await ReleaseAsync();
    }

    /// <summary>Does what there is to do. False when there is no more until something is said.</summary>
    private async Task<bool> StepAsync(CancellationToken stopping)
    {
        if (!gate.IsOpen)
        {
            Status.Is(
                gate.State == ModuleState.Paused ? SubscriptionState.Paused : SubscriptionState.Waiting
            );
            await reader.StandAsideAsync();
            if (gate.IsAway)
                await LeaveAsync(stopping);
            await gate.WaitUntilOpenAsync(stopping);
        }
        if (_startsOver)
        {
            _startsOver = false;
            _cursor = null;
            await reader.StandAsideAsync();
        }
        if (!await cursors.HoldAsync(stopping))
        {
            await StandByAsync(stopping);
            await Task.Delay(options.Poll, clock, stopping);
            return true;
        }
        _standsAt = -1;
        if (clock.GetUtcNow() >= _nextLookForReplays)
        {
            _nextLookForReplays = clock.GetUtcNow() + options.Poll;
            await StoreAsync(stopping);
            if (await replayer.ReplayRequestedAsync(stopping))
                _cursor = null;
            else if (_cursor is { } known)
                await VerifyAsync(known, stopping);
        }
        _cursor ??= await LoadCursorAsync(stopping);
        var events = await OfSourceAsync(() => reader.ReadAsync(_cursor.Place, options.BatchSize, stopping));
        if (reader.Identity is { } identity && identity != _cursor.Place.Stream)
            _cursor = _cursor with { Place = _cursor.Place with { Stream = identity } };
        if (reader.Obstacle is { } obstacle)
            Status.Waits(obstacle, clock.GetUtcNow());
        else if (reader.IsAgreed)
            Status.Is(SubscriptionState.Running);
        if (events.Count == 0)
        {
            await StoreAsync(stopping);
            return false;
        }
        // What was read after the module was paused, or left, waits like everything said after it.
        if (gate.TryEnter() is not { } passing)
            return true;
        using (passing)
            await PassAsync(_cursor, events, stopping);
        _lastBatch = events.Count;
        // Of a batch that failed, what comes behind the event at fault has not been handled.
        return reader.HasMore || _cursor.Position < events[^1].Position;
    }

    /// <summary>Leaves the stream to the replica that holds the lease, and tells when that one does nothing with it.</summary>
    private async Task StandByAsync(CancellationToken stopping)
    {
        await reader.StandAsideAsync();
        _cursor = null;
        var now = clock.GetUtcNow();
        var passed = (await cursors.ReadAsync(stopping)).Position;
        if (
            passed != _standsAt
            || await OfSourceAsync(() => reader.HeadAsync(stopping)) is not { } head
            || head <= passed
        )
            (_standsAt, _standsSince) = (passed, now);
        if (now - _standsSince < PatienceWithOthers * options.Lease)
            Status.Is(SubscriptionState.Standby);
        else
            Status.Failed(
                SubscriptionState.Unserved,
                $"Events behind {passed} wait since {_standsSince:u}, and the replica that holds the lease handles none of them.",
                now
            );
    }

    /// <summary>Leaves the stream to the module's home elsewhere, at once and not only when the lease has run out.</summary>
    private async Task LeaveAsync(CancellationToken stopping)
    {
        await StoreAsync(stopping);
        _cursor = null;
        await cursors.ReleaseAsync(stopping);
    }

    private async Task PassAsync(
        CursorSnapshot cursor,
        IReadOnlyList<StreamEvent> events,
        CancellationToken stopping
    )
    {
        // Where it stands is not known before all of it is done.
        _cursor = null;
        _cursor =
            reader.CanReadAgain && batcher.HasNothingToDoFor(cursor, events)
                ? batcher.Pass(cursor, events)
                : await retrying.HandleAsync(cursor, events, stopping);
    }

    private async Task StoreAsync(CancellationToken stopping)
    {
        if (_cursor is { IsAhead: true } ahead)
            _cursor = await batcher.StoreAsync(ahead, stopping);
    }

    private async Task<CursorSnapshot> LoadCursorAsync(CancellationToken stopping)
    {
        await replayer.GiveReasonsAsync(stopping);
        var cursor = await cursors.ReadAsync(stopping);
        await VerifyAsync(cursor, stopping);
        return cursor;
    }

    private Task VerifyAsync(CursorSnapshot cursor, CancellationToken stopping) =>
        OfSourceAsync(async () =>
        {
            await reader.VerifyAsync(cursor.Place, stopping);
            return true;
        });

    private async Task<T> OfSourceAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (failure is BrokerException || DatabaseFailure.IsUnreachable(failure))
        {
            throw new SourceUnreachableException(definition.Stream, failure);
        }
    }

    private async Task RecoverAsync(Exception failure, CancellationToken stopping)
    {
        if (failure is CursorMovedException)
        {
            logger.LogInformation("{Reason} Reading on from where it is", failure.Message);
            return;
        }
        var state =
            failure is SourceUnreachableException ? SubscriptionState.SourceUnreachable
            : DatabaseFailure.IsUnreachable(failure) || DatabaseFailure.IsRowLocked(failure)
                ? SubscriptionState.Unreachable
            : SubscriptionState.Broken;
        var reason =
            state == SubscriptionState.Unreachable
                ? DatabaseFailure.SentenceFor(database, failure)
                : SubscriptionStatus.Describe(failure);
        if (state == SubscriptionState.Unreachable)
            incidents.Tell($"{definition}", failure);
        else if (Status.State != state)
            logger.LogError(
                state == SubscriptionState.Broken ? failure : null,
                "{Subscription}: {State}; trying again until it works. {Reason}",
                definition,
                state,
                reason
            );
        Status.Failed(state, reason, clock.GetUtcNow());
        await Task.Delay(options.Recovery, clock, stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReleaseAsync()
    {
        try
        {
            try
            {
                await StoreAsync(CancellationToken.None);
            }
            finally
            {
                await cursors.ReleaseAsync(CancellationToken.None);
            }
        }
        catch (Exception failure)
        {
            logger.LogInformation(
                failure,
                "{Subscription}: the lease was not released and will run out",
                definition
            );
        }
        await reader.DisposeAsync();
        signal.Dispose();
    }
}
