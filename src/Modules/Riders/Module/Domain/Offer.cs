namespace Riders.Domain;

internal enum OfferState
{
    Live,
    Accepted,
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Lapsed,

    /// <summary>The delivery was called off, or the rider went offline, before an answer.</summary>
    Withdrawn,
}

/// <summary>One asking of one rider. Kept after its answer, so that a late answer can be told what became of it.</summary>
internal sealed class Offer
{
    private Offer() { }

    internal Offer(
        Guid offerId,
        Guid riderId,
        int round,
        double metresToPickUp,
        DateTimeOffset offeredAt,
        DateTimeOffset expiresAt
    )
    {
        OfferId = offerId;
        RiderId = riderId;
        Round = round;
        MetresToPickUp = metresToPickUp;
        OfferedAt = offeredAt;
        ExpiresAt = expiresAt;
    }

    public Guid OfferId { get; private set; }
    public Guid RiderId { get; private set; }
    public int Round { get; private set; }

    /// <summary>The rider's way to the store when asked, around a delivery in hand.</summary>
    public double MetresToPickUp { get; private set; }
    public DateTimeOffset OfferedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public OfferState State { get; private set; }

    public bool IsOpen(DateTimeOffset now) => State is OfferState.Live && now < ExpiresAt;

    internal void Close(OfferState state) => State = state;
}
