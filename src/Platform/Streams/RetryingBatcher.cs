using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Streams;

/// <summary>
/// Handles events in one batch; if that fails, one by one, each again after every configured rest; what fails for good
/// is parked.
/// </summary>
internal sealed class RetryingBatcher(
    SubscriptionDefinition subscription,
    EventBatcher batcher,
    RowLocks locks,
    ModuleGate gate,
    SubscriptionStatus status,
    StreamOptions options,
    TimeProvider clock,
    ILogger<Subscription> logger
)
{
    /// <summary>Lost races for an aggregate that a single event may have before they count as failures.</summary>
    private const int PatienceWithConflicts = 10;

    /// <summary>
    /// Handles <paramref name="events"/>, or of a batch that failed those up to the one at fault. When the module is
    /// paused or goes to another home meanwhile, it does not wait for the next attempt: whoever leaves would never be
    /// done.
    /// </summary>
    /// <returns>The cursor as it is now.</returns>
    public async Task<CursorSnapshot> HandleAsync(
        CursorSnapshot cursor,
        IReadOnlyList<StreamEvent> events,
        CancellationToken stopping
    )
    {
        int suspect;
        Exception? cause;
        try
        {
            return await batcher.HandleAsync(cursor, events, stopping);
        }
        catch (DeliveryException failed)
        {
            (suspect, cause) = (failed.Index, failed.Cause);
        }
        catch (Exception failure) when (DatabaseFailure.IsLostRace(failure))
        {
            (suspect, cause) = (events.Count - 1, null);
        }
        catch (Exception failed) when (DatabaseFailure.IsRefusedSave(failed))
        {
            (suspect, cause) = (events.Count - 1, failed);
        }
        if (cause is not null)
            cause = await locks.ExplainAsync(cause, stopping);
        logger.LogWarning(
            cause,
            "{Subscription}: a batch of {Count} events failed and is handled one by one",
            subscription,
            events.Count
        );
        for (var index = 0; index <= suspect; index++)
        {
            var known = index == suspect && events.Count > 1 ? cause : null;
            if (
                !gate.IsOpen || await HandleOneAsync(cursor, events[index], known, stopping) is not { } passed
            )
                return cursor;
            cursor = passed;
        }
        return cursor;
    }

    /// <summary>Handles one event, again and again until it is handled or parked.</summary>
    /// <returns>The cursor behind it; null when the gate was closed before that.</returns>
    private async Task<CursorSnapshot?> HandleOneAsync(
        CursorSnapshot cursor,
        StreamEvent happened,
        Exception? firstError,
        CancellationToken stopping
    )
    {
        var conflicts = 0;
        for (var attempt = firstError is null ? 1 : 2; ; )
        {
            Exception failure;
            try
            {
                return await batcher.HandleAsync(cursor, [happened], stopping);
            }
            catch (Exception lost)
                when (DatabaseFailure.IsLostRace(lost) && ++conflicts <= PatienceWithConflicts)
            {
                continue;
            }
            catch (DeliveryException failed)
            {
                failure = failed.Cause;
            }
            catch (Exception failed) when (DatabaseFailure.IsRefusedSave(failed))
            {
                failure = failed;
            }
            failure = await locks.ExplainAsync(failure, stopping);
            firstError ??= failure;
            status.Failed(SubscriptionState.Retrying, failure, clock.GetUtcNow());
            if (attempt > options.Rests.Count)
                return await ParkAsync(cursor, happened, firstError, attempt, stopping);
            PlatformTelemetry.EventsRetried.Add(
                1,
                new("module", subscription.Module.Name),
                new("stream", subscription.Stream)
            );
            await RestAsync(options.Rests[attempt - 1], stopping);
            if (!gate.IsOpen)
                return null;
            attempt++;
        }
    }

    /// <summary>Rests, but no longer than the module is here.</summary>
    private async Task RestAsync(TimeSpan rest, CancellationToken stopping)
    {
        using var resting = CancellationTokenSource.CreateLinkedTokenSource(stopping, gate.Leaving);
        await Task.Delay(rest, clock, resting.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.ThrowIfCancellationRequested();
    }

    private async Task<CursorSnapshot> ParkAsync(
        CursorSnapshot cursor,
        StreamEvent happened,
        Exception error,
        int attempts,
        CancellationToken stopping
    )
    {
        var parked = await batcher.ParkAsync(cursor, happened, error, attempts, stopping);
        logger.LogError(
            error,
            "{Subscription}: parked {Type} at {Position} after {Attempts} attempts; replay or discard it at /api/ops/dead-letters",
            subscription,
            happened.Type,
            happened.Position,
            attempts
        );
        return parked;
    }
}
