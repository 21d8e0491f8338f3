using Platform.Domain;

namespace Riders.Domain;

/// <summary>The search for a rider: one live offer at a time, in rounds that reach farther and farther.</summary>
internal sealed partial class Delivery
{
    private readonly List<Offer> _offers = [];

    /// <summary>Every asking, in order.</summary>
    public IReadOnlyList<Offer> Offers => _offers;

    /// <summary>Counted from 1. Nobody is asked twice in one.</summary>
    public int Round { get; private set; } = 1;
    public DateTimeOffset RoundStartedAt { get; private set; }

    /// <summary>When the search looks (again) for a rider; null while it need not.</summary>
    public DateTimeOffset? SearchAt { get; private set; }
    public DateTimeOffset? OfferExpiresAt { get; private set; }

    /// <summary>When the last round ended without a rider and an operator was told; null before, and once one is found.</summary>
    public DateTimeOffset? NoRiderSince { get; private set; }

    /// <summary>A rider who has not picked up by then is taken off.</summary>
    public DateTimeOffset? ProgressDueAt { get; private set; }

    public Offer? LiveOffer => _offers.Find(offer => offer.State is OfferState.Live);

    /// <summary>Who must be at hand when this delivery changes: its rider, or the one being asked.</summary>
    public Guid? HolderId => LiveOffer?.RiderId ?? (IsInHand ? RiderId : null);

    public bool WantsRider(DateTimeOffset now) => Status is DeliveryStatus.Requested && SearchAt <= now;

    public bool WasAskedThisRound(Guid riderId) =>
        _offers.Exists(offer => offer.Round == Round && offer.RiderId == riderId);

    /// <summary>Whether the rider was asked and took it, and has it still or brought it: a repeat of the taking.</summary>
    public bool WasAcceptedBy(Guid riderId, Guid offerId) =>
        RiderId == riderId
        && _offers.FindLast(offer => offer.State is OfferState.Accepted) is { } accepted
        && accepted.OfferId == offerId
        && Status is not DeliveryStatus.Cancelled;

    /// <summary>Asks a rider. They, and this delivery, have one live offer at most.</summary>
    public Result OfferTo(
        Rider rider,
        Guid offerId,
        double metresToPickUp,
        DeliveryRules rules,
        DateTimeOffset now
    )
    {
        if (!WantsRider(now))
            return NotNow("offered");
        if (WasAskedThisRound(rider.RiderId))
            return Error.Conflict("already_asked", "The rider was asked in this round.");
        var received = rider.Receive(offerId, rules.MaximumLoad);
        if (!received.IsDone)
            return received;
        var offer = new Offer(offerId, rider.RiderId, Round, metresToPickUp, now, now + rules.OfferLifetime);
        _offers.Add(offer);
        Status = DeliveryStatus.Offered;
        SearchAt = null;
        OfferExpiresAt = offer.ExpiresAt;
        Reschedule();
        return Result.Done;
    }

    /// <summary>The rider takes it. Whoever comes too late is told that the offer is gone.</summary>
    public Result Accept(Guid offerId, Rider rider, DeliveryRules rules, DateTimeOffset now)
    {
        var offer = _offers.Find(made => made.OfferId == offerId && made.RiderId == rider.RiderId);
        if (offer is null)
            return Error.NotFound("offer_not_found", "You have no such offer.");
        if (!offer.IsOpen(now))
            return OfferIsGone();
        rider.TakeOn(offerId);
        offer.Close(OfferState.Accepted);
        OfferExpiresAt = null;
        Status = DeliveryStatus.Assigned;
        RiderId = rider.RiderId;
        AssignedAt = now;
        NoRiderSince = null;
        EstimatedPickUpAt = Later(ReadyAt, now + rules.TravelTime(offer.MetresToPickUp));
        EstimatedDropOffAt = EstimatedPickUpAt + rules.TravelTime(Metres) + rules.HandOver;
        ProgressDueAt = EstimatedPickUpAt + rules.ProgressWithin;
        Reschedule();
        return Result.Done;
    }

    /// <summary>The rider says no; the search moves on at once.</summary>
    public Result Decline(Guid offerId, Rider rider, DateTimeOffset now)
    {
        var offer = _offers.Find(made => made.OfferId == offerId && made.RiderId == rider.RiderId);
        if (offer is null)
            return Error.NotFound("offer_not_found", "You have no such offer.");
        if (!offer.IsOpen(now))
            return OfferIsGone();
        CloseOffer(offer, rider, OfferState.Declined, now);
        return Result.Done;
    }

    /// <summary>Silence is a no. Does nothing while the offer may still be answered.</summary>
    public void LetOfferLapse(Rider rider, DateTimeOffset now)
    {
        if (LiveOffer is { } offer && now >= offer.ExpiresAt)
            CloseOffer(offer, Expected(rider, offer.RiderId), OfferState.Lapsed, now);
    }

    /// <summary>
    /// Nobody was found this time. Once the round has lasted long enough the next begins, with a wider radius;
    /// after the last radius, rounds repeat with it.
    /// </summary>
    /// <returns>The assign promise, when the last round has just ended and it can no longer be kept.</returns>
    public BrokenPromise? NoteNobodyFound(DeliveryRules rules, DateTimeOffset now)
    {
        BrokenPromise? broken = null;
        SearchAt = now + rules.SearchAgainAfter;
        if (now - RoundStartedAt >= rules.RoundLastsAtLeast)
        {
            if (Round >= rules.Rounds && NoRiderSince is null)
            {
                NoRiderSince = now;
                broken = GiveUpAssignPromise(now);
            }
            if (Round < rules.Rounds)
                SearchAt = now;
            Round++;
            RoundStartedAt = now;
        }
        Reschedule();
        return broken;
    }

    /// <summary>The rider gives the delivery back, which they may until they have the food.</summary>
    public Result GiveUp(Rider rider, DeliveryRules rules, DateTimeOffset now)
    {
        if (RiderId != rider.RiderId)
            return NotYours();
        if (Status is not DeliveryStatus.Assigned)
            return NotNow("given up");
        Unassign(rider, rules, now);
        return Result.Done;
    }

    /// <summary>
    /// Takes the delivery from a rider who has not picked it up in time. One who waits at the store for food
    /// that is not ready keeps it.
    /// </summary>
    /// <returns>Whether the rider was taken off.</returns>
    public bool ReassignForLackOfProgress(
        Rider rider,
        bool waitsAtStore,
        DeliveryRules rules,
        DateTimeOffset now
    )
    {
        if (Status is not DeliveryStatus.Assigned || now < ProgressDueAt)
            return false;
        if (waitsAtStore && !FoodIsReady)
        {
            ProgressDueAt = now + rules.ProgressWithin;
            Reschedule();
            return false;
        }
        Unassign(Expected(rider, RiderId), rules, now);
        return true;
    }

    private void Unassign(Rider rider, DeliveryRules rules, DateTimeOffset now)
    {
        rider.PutDown();
        RiderId = null;
        AssignedAt = null;
        EstimatedPickUpAt = null;
        EstimatedDropOffAt = null;
        ProgressDueAt = null;
        Status = DeliveryStatus.Requested;
        SearchAt = now;
        RoundStartedAt = now;
        RenewAssignPromise(now + rules.AssignWithin);
        Reschedule();
    }

    private void CloseOffer(Offer offer, Rider rider, OfferState state, DateTimeOffset now)
    {
        rider.LetGoOf(offer.OfferId);
        offer.Close(state);
        OfferExpiresAt = null;
        Status = DeliveryStatus.Requested;
        SearchAt = now;
        Reschedule();
    }

    private static Error OfferIsGone() => Error.Conflict("offer_gone", "The offer is no longer open.");
}
