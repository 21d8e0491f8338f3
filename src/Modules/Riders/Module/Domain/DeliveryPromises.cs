namespace Riders.Domain;

/// <summary>The promised times, each missed once at most, and the time of whatever happens next by itself.</summary>
internal sealed partial class Delivery
{
    public Promise AssignPromise { get; private set; } = Promise.For(default);
    public Promise PickUpPromise { get; private set; } = Promise.For(default);
    public Promise DropOffPromise { get; private set; } = Promise.For(default);

    /// <summary>
    /// The earliest of all this delivery's deadlines: search, offer, progress, promises. One indexed column, so
    /// that one sweep finds whatever is due. Null when nothing will happen by itself.
    /// </summary>
    public DateTimeOffset? DueAt { get; private set; }

    private DateTimeOffset? OpenAssignPromise =>
        Status is DeliveryStatus.Requested or DeliveryStatus.Offered ? AssignPromise.Open : null;

    private DateTimeOffset? OpenPickUpPromise =>
        PickedUpAt is null && !IsFinished ? PickUpPromise.Open : null;

    private DateTimeOffset? OpenDropOffPromise => IsFinished ? null : DropOffPromise.Open;

    /// <summary>Notes each promise whose time has passed unfulfilled, and names those not named before.</summary>
    public IReadOnlyList<BrokenPromise> BreakPromises(DateTimeOffset now)
    {
        var broken = new List<BrokenPromise>();
        if (OpenAssignPromise <= now)
        {
            broken.Add(new BrokenPromise("assign", AssignPromise.DueAt));
            AssignPromise = AssignPromise with { MissedAt = now };
        }
        if (OpenPickUpPromise <= now)
        {
            broken.Add(new BrokenPromise("pick_up", PickUpPromise.DueAt));
            PickUpPromise = PickUpPromise with { MissedAt = now };
        }
        if (OpenDropOffPromise <= now)
        {
            broken.Add(new BrokenPromise("drop_off", DropOffPromise.DueAt));
            DropOffPromise = DropOffPromise with { MissedAt = now };
        }
        Reschedule();
        return broken;
    }

    /// <summary>With nobody left to ask the promise ends now, not at its time.</summary>
    private BrokenPromise? GiveUpAssignPromise(DateTimeOffset now)
    {
        if (AssignPromise.Open is not { } due)
            return null;
        AssignPromise = new Promise(due < now ? due : now, now);
        return new BrokenPromise("assign", AssignPromise.DueAt);
    }

    /// <summary>A new search gets new time, unless the promise is broken already.</summary>
    private void RenewAssignPromise(DateTimeOffset dueAt)
    {
        if (AssignPromise.MissedAt is null)
            AssignPromise = Promise.For(dueAt);
    }

    private void Reschedule() =>
        DueAt = new[]
        {
            SearchAt,
            OfferExpiresAt,
            ProgressDueAt,
            OpenAssignPromise,
            OpenPickUpPromise,
            OpenDropOffPromise,
        }.Min();
}
