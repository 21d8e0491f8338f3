using Platform.Domain;

namespace Reviews.Domain;

/// <summary>
/// How a rider is doing: the delivery scores of published reviews, and how many deliveries succeeded or failed
/// through the rider's own fault. What a store, the platform or a customer spoilt is not held against the rider.
/// </summary>
internal sealed class RiderStanding : IAggregateRoot
{
    private RiderStanding() { }

    public Guid RiderId { get; private set; }

    public ScoreTally Scores { get; private set; } = ScoreTally.Empty;

    public int Delivered { get; private set; }

    public int FailedByOwnFault { get; private set; }

    /// <summary>Delivered orders among those whose outcome was the rider's doing, 0 to 1; null before the first.</summary>
    public double? Reliability =>
        Delivered + FailedByOwnFault == 0 ? null : (double)Delivered / (Delivered + FailedByOwnFault);

    public static RiderStanding Open(Guid riderId) => new() { RiderId = riderId };

    public void CountDelivered() => Delivered++;

    /// <summary>Counts an order that never reached its customer, if that was the rider's own fault.</summary>
    public void Count(UndeliveredOrder order)
    {
        if (order.RiderId == RiderId && order.IsRidersFault)
        {
            FailedByOwnFault++;
        }
    }

    /// <inheritdoc cref="StoreRating.Recount"/>
    public bool Recount(Scores? before, Scores? after)
    {
        if (before?.Delivery == after?.Delivery)
        {
            return false;
        }

        if (before is { } gone)
        {
            Scores = Scores.Without(gone.Delivery);
        }

        if (after is { } come)
        {
            Scores = Scores.And(come.Delivery);
        }

        return true;
    }
}
