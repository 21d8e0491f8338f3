using Platform.Domain;

namespace Orders.Domain;

/// <content>The ways in which an order comes to nothing, and what becomes of the money.</content>
internal sealed partial class Order
{
    /// <summary>The store will not make it.</summary>
    public Result Reject(Guid by, string reason, DateTimeOffset now)
    {
        if (StoreMayAnswer() is { IsDone: false } refused)
            return refused;
        Leave(OrderStatus.Rejected, new Actor(Party.Store, by), now, reason, Fault.Store);
        return Result.Done;
    }

    /// <summary>The store did not answer in time.</summary>
    public Result Expire(DateTimeOffset now)
    {
        if (StoreMayAnswer() is { IsDone: false } refused)
            return refused;
        if (now < AnswerBy)
            return Error.Conflict("order_not_due", "The store still has time to answer.");
        Leave(OrderStatus.Expired, Actor.Platform, now, "no_answer", Fault.Store);
        return Result.Done;
    }

    /// <summary>Its customer may call it off for nothing until the store accepts, and no longer.</summary>
    public Result CancelByCustomer(string reason, DateTimeOffset now)
    {
        if (Status != OrderStatus.Placed)
            return ItHasMovedOn();
        Leave(OrderStatus.Cancelled, new Actor(Party.Customer, CustomerId), now, reason, Fault.Customer);
        return Result.Done;
    }

    /// <summary>A store may call it off until a rider has it; that is the store's fault, always.</summary>
    public Result CancelByStore(Guid by, string reason, DateTimeOffset now) =>
        CancelBeforePickUp(new Actor(Party.Store, by), reason, Fault.Store, now);

    /// <summary>An operator may call it off until a rider has it, and says whose fault it is.</summary>
    public Result CancelByOperator(Guid by, string reason, Fault fault, DateTimeOffset now) =>
        CancelBeforePickUp(new Actor(Party.Operator, by), reason, fault, now);

    /// <summary>The store wanted to accept, but the authorised payment could not be captured.</summary>
    public Result CancelForFailedPayment(DateTimeOffset now)
    {
        if (StoreMayAccept(now) is { IsDone: false } refused)
            return refused;
        Leave(OrderStatus.Cancelled, Actor.Platform, now, "payment_failed", Fault.Customer);
        return Result.Done;
    }

    /// <summary>Riders could not bring it. Late or repeated news changes nothing.</summary>
    public void FollowFailure(Guid? riderId, string reason, Fault fault, DateTimeOffset at)
    {
        if (Status is not (OrderStatus.Accepted or OrderStatus.Ready or OrderStatus.PickedUp))
            return;
        RiderId = riderId ?? RiderId;
        Leave(OrderStatus.Undeliverable, new Actor(Party.Rider, riderId), at, reason, fault);
    }

    private Result CancelBeforePickUp(Actor by, string reason, Fault fault, DateTimeOffset now)
    {
        if (Status is not (OrderStatus.Placed or OrderStatus.Accepted or OrderStatus.Ready))
            return ItHasMovedOn();
        Leave(OrderStatus.Cancelled, by, now, reason, fault);
        return Result.Done;
    }

    private void Leave(OrderStatus exit, Actor by, DateTimeOffset at, string reason, Fault fault)
    {
        Become(exit, by, at, reason, fault);
        if (StoreKeepsTheMoney(fault))
            return;
        Payment = PaymentStatus.Releasing;
        Settlement = Settlement.OfOrder(Id, CustomerId, PaymentReference, at);
    }

    /// <summary>
    /// Only captured money can be kept, and only when the customer is to blame: absent at the door, say,
    /// after the food was made and carried there. Whoever else is to blame, the customer pays nothing.
    /// </summary>
    private bool StoreKeepsTheMoney(Fault fault) =>
        Payment == PaymentStatus.Captured && fault == Fault.Customer;
}
