using Platform.Domain;

namespace Riders.Domain;

internal enum DeliveryStatus
{
    /// <summary>Wants a rider: waits for its time, or is between two offers.</summary>
    Requested,
    Offered,
    Assigned,
    PickedUp,
    Delivered,

    /// <summary>Failed with the food on board: it went back.</summary>
    Returned,

    /// <summary>Failed before anybody had the food.</summary>
    Failed,
    Cancelled,
}

/// <summary>What an accepted order tells about the way it has to go.</summary>
internal sealed record Errand(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    string StoreName,
    string StoreAddress,
    GeoPoint PickUpPlace,
    string DropOffAddress,
    GeoPoint DropOffPlace,
    string Currency,
    DateTimeOffset ReadyAt
);

/// <summary>
/// The bringing of one order from its store to its customer. This part holds what a delivery is and the ride;
/// the search for a rider and the promised times have parts of their own.
/// </summary>
internal sealed partial class Delivery : IAggregateRoot
{
    private Delivery() { }

    public Guid DeliveryId { get; private set; }
    public Guid OrderId { get; private set; }
    public Guid StoreId { get; private set; }
    public Guid CustomerId { get; private set; }
    public string StoreName { get; private set; } = "";
    public string StoreAddress { get; private set; } = "";
    public GeoPoint PickUpPlace { get; private set; } = new(0, 0);
    public string DropOffAddress { get; private set; } = "";
    public GeoPoint DropOffPlace { get; private set; } = new(0, 0);

    /// <summary>From the store to the customer.</summary>
    public double Metres { get; private set; }
    public Money Pay { get; private set; } = Money.Zero("XXX");

    public DeliveryStatus Status { get; private set; }

    /// <summary>Who has it, or had it when it ended.</summary>
    public Guid? RiderId { get; private set; }
    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>When the food will be ready, or when it was.</summary>
    public DateTimeOffset ReadyAt { get; private set; }
    public bool FoodIsReady { get; private set; }
    public DateTimeOffset? AssignedAt { get; private set; }
    public DateTimeOffset? EstimatedPickUpAt { get; private set; }
    public DateTimeOffset? EstimatedDropOffAt { get; private set; }
    public DateTimeOffset? PickedUpAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public string? FailureReason { get; private set; }

    public bool IsInHand => Status is DeliveryStatus.Assigned or DeliveryStatus.PickedUp;

    public bool IsFinished =>
        Status
            is DeliveryStatus.Delivered
                or DeliveryStatus.Returned
                or DeliveryStatus.Failed
                or DeliveryStatus.Cancelled;

    public Leg Leg => new(PickUpPlace, DropOffPlace, Status is DeliveryStatus.PickedUp);

    /// <summary>The search starts ahead of readiness by the lead, or at once when that is past.</summary>
    public static Delivery Request(
        Guid deliveryId,
        Errand errand,
        PayRates rates,
        DeliveryRules rules,
        DateTimeOffset now
    )
    {
        var metres = errand.PickUpPlace.MetresTo(errand.DropOffPlace);
        var ready = Later(now, errand.ReadyAt);
        var searchAt = Later(now, errand.ReadyAt - rules.Lead);
        var delivery = new Delivery
        {
            DeliveryId = deliveryId,
            OrderId = errand.OrderId,
            StoreId = errand.StoreId,
            CustomerId = errand.CustomerId,
            StoreName = errand.StoreName,
            StoreAddress = errand.StoreAddress,
            PickUpPlace = errand.PickUpPlace,
            DropOffAddress = errand.DropOffAddress,
            DropOffPlace = errand.DropOffPlace,
            Metres = metres,
            Pay = rates.For(metres, errand.Currency),
            RequestedAt = now,
            ReadyAt = errand.ReadyAt,
            SearchAt = searchAt,
            RoundStartedAt = searchAt,
            AssignPromise = Promise.For(searchAt + rules.AssignWithin),
            PickUpPromise = Promise.For(ready + rules.PickUpWithin),
            DropOffPromise = Promise.For(ready + rules.TravelTime(metres) + rules.DropOffWithin),
        };
        delivery.Reschedule();
        return delivery;
    }

    /// <summary>The food is packed: a search that still waited starts now. Only the first word counts.</summary>
    /// <returns>Whether it was the first word, and in time.</returns>
    public bool NoteFoodIsReady(DateTimeOffset at, DeliveryRules rules)
    {
        if (FoodIsReady || PickedUpAt is not null || IsFinished)
            return false;
        FoodIsReady = true;
        ReadyAt = at;
        if (SearchAt > at)
            (SearchAt, RoundStartedAt) = (at, at);
        if (ProgressDueAt is { } due)
            ProgressDueAt = Later(due, at + rules.ProgressWithin);
        Reschedule();
        return true;
    }

    /// <summary>
    /// The rider has the food. That the store has not called it ready does not matter: who hands food over has
    /// it ready, and the store's word may still be on its way here.
    /// </summary>
    public Result PickUp(Rider rider, DateTimeOffset now)
    {
        if (RiderId != rider.RiderId)
            return NotYours();
        if (Status is not DeliveryStatus.Assigned)
            return NotNow("picked up");
        Status = DeliveryStatus.PickedUp;
        PickedUpAt = now;
        ProgressDueAt = null;
        Reschedule();
        return Result.Done;
    }

    /// <summary>The customer has the food.</summary>
    public Result Complete(Rider rider, DateTimeOffset now)
    {
        if (RiderId != rider.RiderId)
            return NotYours();
        if (Status is not DeliveryStatus.PickedUp)
            return NotNow("delivered");
        rider.PutDown();
        Finish(DeliveryStatus.Delivered, now);
        return Result.Done;
    }

    /// <summary>
    /// The food will not reach the customer. Before pick-up only an operator may say so, since a rider can give
    /// the delivery up to another; after it, it is the one way out besides delivering.
    /// </summary>
    /// <param name="failure">Why, and so whose fault.</param>
    /// <param name="rider">Who has it in hand, or holds the live offer; null when nobody does.</param>
    /// <param name="byOperator">Whether an operator says so.</param>
    /// <param name="now">The time.</param>
    public Result Fail(Failure failure, Rider? rider, bool byOperator, DateTimeOffset now)
    {
        if (failure.OperatorOnly && !byOperator)
            return Error.Forbidden("operator_only", $"Only an operator may report {failure.Reason}.");
        if (IsFinished)
            return NotNow("failed");
        if (Status is not DeliveryStatus.PickedUp && !byOperator)
            return Error.Conflict(
                "not_picked_up",
                "Give the delivery up instead: another rider can take it."
            );
        FailureReason = failure.Reason;
        var end = Status is DeliveryStatus.PickedUp ? DeliveryStatus.Returned : DeliveryStatus.Failed;
        LetRiderGo(rider);
        Finish(end, now);
        return Result.Done;
    }

    /// <summary>The order was called off, which frees its rider. Once the food is on its way it stays on its way.</summary>
    /// <param name="rider">Who has it in hand, or holds the live offer; null when nobody does.</param>
    /// <param name="now">The time.</param>
    public Result Cancel(Rider? rider, DateTimeOffset now)
    {
        if (Status is DeliveryStatus.PickedUp || IsFinished)
            return NotNow("cancelled");
        LetRiderGo(rider);
        Finish(DeliveryStatus.Cancelled, now);
        return Result.Done;
    }

    private void LetRiderGo(Rider? rider)
    {
        if (LiveOffer is { } offer)
        {
            Expected(rider, offer.RiderId).LetGoOf(offer.OfferId);
            offer.Close(OfferState.Withdrawn);
        }
        if (IsInHand)
            Expected(rider, RiderId).PutDown();
    }

    private void Finish(DeliveryStatus end, DateTimeOffset now)
    {
        Status = end;
        FinishedAt = now;
        SearchAt = null;
        OfferExpiresAt = null;
        ProgressDueAt = null;
        Reschedule();
    }

    private static Rider Expected(Rider? rider, Guid? riderId) =>
        rider is not null && rider.RiderId == riderId
            ? rider
            : throw new ArgumentException("The rider who holds this delivery was not passed.", nameof(rider));

    private static Error NotYours() => Error.NotFound("delivery_not_found", "You have no such delivery.");

    private Error NotNow(string deed) =>
        Error.Conflict("delivery_" + Code(Status), $"A delivery that is {Status} cannot be {deed}.");

    private static string Code(DeliveryStatus status) =>
        status is DeliveryStatus.PickedUp ? "picked_up" : status.ToString().ToLowerInvariant();

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) =>
        one > other ? one : other;
}
