using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Streams;

/// <summary>
/// Commits, in one transaction each: the effects of a run of events together with the cursor's advance, or a dead
/// letter together with it.
/// </summary>
internal sealed class EventBatcher(
    SubscriptionDefinition subscription,
    IDelivery delivery,
    IServiceScopeFactory scopes,
    RowInserter inserter,
    FaultPoints faults,
    StreamOptions options,
    TimeProvider clock
)
{
    private readonly KeyValuePair<string, object?>[] _tags =
    [
        new("module", subscription.Module.Name),
        new("stream", subscription.Stream),
    ];

    /// <summary>Whether none of <paramref name="events"/> has an effect here, so that passing them needs no commit.</summary>
    public bool HasNothingToDoFor(CursorSnapshot cursor, IReadOnlyList<StreamEvent> events) =>
        events.All(happened =>
            subscription.Find(happened.Type) is null
            && subscription.Knows(happened.Type)
            && !cursor.ParkedKeys.Contains(happened.Key)
        );

    /// <summary>Passes events that have no effect here. The cursor is stored with the next effect, or by <see cref="StoreAsync"/>.</summary>
    public CursorSnapshot Pass(CursorSnapshot cursor, IReadOnlyList<StreamEvent> events)
    {
        Count(events);
        return cursor with { Place = cursor.Place.At(events[^1]) };
    }

    /// <summary>Stores how far the cursor has come.</summary>
    /// <exception cref="CursorMovedException">Another replica was first.</exception>
    public async Task<CursorSnapshot> StoreAsync(CursorSnapshot cursor, CancellationToken cancellationToken)
    {
        await using var batch = await Batch.OpenAsync(
            scopes,
            subscription.Module,
            options.LockPatience,
            cancellationToken
        );
        return await AdvanceAsync(batch, cursor, cursor.Place, cursor.ParkedKeys, cancellationToken);
    }

    /// <summary>Handles <paramref name="events"/> and moves the cursor behind the last.</summary>
    /// <returns>The cursor as it is now.</returns>
    /// <exception cref="DeliveryException">A handler failed; nothing is committed.</exception>
    /// <exception cref="CursorMovedException">Another replica was first; nothing is committed.</exception>
    public async Task<CursorSnapshot> HandleAsync(
        CursorSnapshot from,
        IReadOnlyList<StreamEvent> events,
        CancellationToken cancellationToken
    )
    {
        var parked = new HashSet<Guid>(from.ParkedKeys);
        await using var batch = await Batch.OpenAsync(
            scopes,
            subscription.Module,
            options.LockPatience,
            cancellationToken
        );
        faults.Pass("begun");
        for (var index = 0; index < events.Count; index++)
        {
            var happened = events[index];
            if (parked.Contains(happened.Key))
                Park(batch.Context, happened, ParkingReason.Behind, DeadLetter.BehindError, 0);
            else if (subscription.Find(happened.Type) is { } handled)
                await DeliverAsync(happened, handled, batch, index, cancellationToken);
            else if (!subscription.Knows(happened.Type))
            {
                Park(
                    batch.Context,
                    happened,
                    ParkingReason.Unknown,
                    $"'{happened.Type}'{DeadLetter.UnknownError}",
                    0
                );
            }
            faults.Pass("handled");
        }
        var moved = await AdvanceAsync(batch, from, from.Place.At(events[^1]), parked, cancellationToken);
        Count(events);
        return moved;
    }

    /// <summary>Parks <paramref name="happened"/> and moves the cursor behind it.</summary>
    public async Task<CursorSnapshot> ParkAsync(
        CursorSnapshot from,
        StreamEvent happened,
        Exception firstError,
        int attempts,
        CancellationToken cancellationToken
    )
    {
        await using var batch = await Batch.OpenAsync(
            scopes,
            subscription.Module,
            options.LockPatience,
            cancellationToken
        );
        faults.Pass("parking");
        Park(
            batch.Context,
            happened,
            ParkingReason.Failed,
            SubscriptionStatus.Describe(firstError),
            attempts
        );
        var parked = new HashSet<Guid>(from.ParkedKeys) { happened.Key };
        return await AdvanceAsync(batch, from, from.Place.At(happened), parked, cancellationToken);
    }

    private async Task DeliverAsync(
        StreamEvent happened,
        HandledEvent handled,
        Batch batch,
        int index,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await delivery.DeliverAsync(happened, handled, batch, cancellationToken);
        }
        catch (Exception failure)
            when (!DatabaseFailure.IsLostRace(failure)
                && DeliveryException.IsOfTheHandler(failure, cancellationToken)
            )
        {
            throw new DeliveryException(index, failure);
        }
    }

    private async Task<CursorSnapshot> AdvanceAsync(
        Batch batch,
        CursorSnapshot from,
        StreamPlace to,
        IReadOnlySet<Guid> parkedKeys,
        CancellationToken cancellationToken
    )
    {
        if (!await TryAtOnceAsync(batch.Context, from, to))
            await FlushAsync(batch, from, to, cancellationToken);
        faults.Pass("committed");
        return new CursorSnapshot(to, from.Replays, parkedKeys);
    }

    /// <summary>False when there is more than additions, or it was refused: what by, Entity Framework finds out.</summary>
    private async Task<bool> TryAtOnceAsync(ModuleDbContext context, CursorSnapshot from, StreamPlace to)
    {
        if (Additions.Of(context) is not { } additions)
            return false;
        faults.Pass("flushed");
        try
        {
            return await inserter.TryInsertAsync(
                subscription.Module,
                [additions],
                new CursorMove(subscription.Stream, from.Stored.Position, to, from.Replays)
            );
        }
        catch (DbException refused) when (!DatabaseFailure.IsUnreachable(refused))
        {
            return false;
        }
    }

    private async Task FlushAsync(
        Batch batch,
        CursorSnapshot from,
        StreamPlace to,
        CancellationToken cancellationToken
    )
    {
        var cursor = new Cursor
        {
            Stream = subscription.Stream,
            Place = from.Stored,
            Replays = from.Replays,
        };
        batch.Context.Cursors.Attach(cursor);
        cursor.Place = to;
        try
        {
            await batch.FlushAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException lost) when (lost.Entries.Any(entry => entry.Entity is Cursor))
        {
            throw new CursorMovedException(subscription.ToString());
        }
        faults.Pass("flushed");
        await batch.CommitAsync(cancellationToken);
    }

    private void Park(
        ModuleDbContext context,
        StreamEvent happened,
        ParkingReason reason,
        string error,
        int attempts
    )
    {
        var now = clock.GetUtcNow();
        context.DeadLetters.Add(
            new DeadLetter
            {
                Id = Guid.CreateVersion7(now),
                Stream = subscription.Stream,
                Position = happened.Position,
                EventId = happened.EventId,
                Type = happened.Type,
                Key = happened.Key,
                Payload = happened.Payload,
                OccurredAt = happened.OccurredAt,
                TraceParent = happened.TraceParent,
                Reason = reason,
                Error = error,
                Attempts = attempts,
                FirstFailedAt = now,
                LastFailedAt = now,
            }
        );
        PlatformTelemetry.EventsParked.Add(1, _tags);
    }

    private void Count(IReadOnlyList<StreamEvent> events)
    {
        PlatformTelemetry.EventsHandled.Add(events.Count, _tags);
        if (PlatformTelemetry.EffectDelay.Enabled)
        {
            var now = clock.GetUtcNow();
            foreach (var happened in events)
                PlatformTelemetry.EffectDelay.Record((now - happened.OccurredAt).TotalSeconds, _tags);
        }
    }
}
