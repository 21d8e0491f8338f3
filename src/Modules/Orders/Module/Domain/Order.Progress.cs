using Platform.Domain;

namespace Orders.Domain;

/// <content>The way from the store's answer to the customer's door.</content>
internal sealed partial class Order
{
    /// <summary>
    /// Asked before the payment is captured, so that money moves only for an order that can be accepted.
    /// After the deadline the order is as good as expired, even if no sweep has come by yet.
    /// </summary>
    public Result StoreMayAccept(DateTimeOffset now) =>
        StoreMayAnswer() is { IsDone: false } refused ? refused
        : now >= AnswerBy ? Error.Conflict("order_expired", "The time to accept this order is over.")
        : Result.Done;

    /// <summary>The store takes it on. The payment must have been captured.</summary>
    public Result Accept(Guid by, TimeSpan preparation, DateTimeOffset now)
    {
        if (StoreMayAccept(now) is { IsDone: false } refused)
            return refused;
        Payment = PaymentStatus.Captured;
        ReadyAt = now + preparation;
        Become(OrderStatus.Accepted, new Actor(Party.Store, by), now);
        return Result.Done;
    }

    /// <summary>The food is packed.</summary>
    public Result MarkReady(Guid by, DateTimeOffset now)
    {
        if (Status == OrderStatus.Placed)
            return Error.Conflict("order_not_accepted", "Accept the order first.");
        if (Status != OrderStatus.Accepted)
            return ItHasMovedOn();
        ReadyAt = now;
        Become(OrderStatus.Ready, new Actor(Party.Store, by), now);
        return Result.Done;
    }

    /// <summary>
    /// A rider has the food. If nobody had said that it was ready, it plainly was, and the timeline says so.
    /// Whatever comes late or again changes nothing.
    /// </summary>
    public void FollowPickUp(Guid riderId, DateTimeOffset at)
    {
        if (Status is not (OrderStatus.Accepted or OrderStatus.Ready))
            return;
        RiderId = riderId;
        var rider = new Actor(Party.Rider, riderId);
        if (Status == OrderStatus.Accepted)
        {
            ReadyAt = at;
            Become(OrderStatus.Ready, rider, at);
        }
        Become(OrderStatus.PickedUp, rider, at);
    }

    /// <summary>The customer has the food, so it was picked up as well.</summary>
    public void FollowDelivery(Guid riderId, DateTimeOffset at)
    {
        FollowPickUp(riderId, at);
        if (Status == OrderStatus.PickedUp)
            Become(OrderStatus.Delivered, new Actor(Party.Rider, riderId), at);
    }

    private Result StoreMayAnswer() => Status == OrderStatus.Placed ? Result.Done : ItHasMovedOn();

    private Error ItHasMovedOn() =>
        Status switch
        {
            OrderStatus.Placed => Error.Conflict("order_not_accepted", "The store has not answered yet."),
            OrderStatus.Accepted => Error.Conflict("order_already_accepted", "The store has accepted it."),
            OrderStatus.Ready => Error.Conflict("order_already_ready", "The food is ready."),
            OrderStatus.PickedUp => Error.Conflict("order_already_picked_up", "A rider has it."),
            OrderStatus.Delivered => Error.Conflict("order_already_delivered", "It was delivered."),
            OrderStatus.Rejected => Error.Conflict("order_already_rejected", "The store rejected it."),
            OrderStatus.Expired => Error.Conflict("order_already_expired", "The store did not answer."),
            OrderStatus.Cancelled => Error.Conflict("order_already_cancelled", "It was cancelled."),
            _ => Error.Conflict("order_already_undeliverable", "It could not be delivered."),
        };
}
