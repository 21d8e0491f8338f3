using Platform.Domain;

namespace Orders.Domain;

/// <summary>
/// Money that must go back to a customer. It is written by the save that closes the order, and tried until
/// the gateway has done it, so that no crash and no outage of the gateway keeps what is not ours.
/// </summary>
internal sealed class Settlement : IAggregateRoot
{
    private Settlement() { }

    public Guid Id { get; private init; }

    /// <summary>The order it belongs to; null when no order came of the payment.</summary>
    public Guid? OrderId { get; private init; }

    /// <summary>Whose order it was; null when no order came of the payment.</summary>
    public Guid? CustomerId { get; private init; }

    /// <summary>The payment at the gateway.</summary>
    public string Reference { get; private init; } = null!;

    /// <summary>When to try next; null when nothing is left to do.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public int Attempts { get; private set; }

    public string? LastFailure { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Gives back what a closed order holds.</summary>
    public static Settlement OfOrder(Guid orderId, Guid customerId, string reference, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            OrderId = orderId,
            CustomerId = customerId,
            Reference = reference,
            DueAt = now,
        };

    /// <summary>Gives back what may be held for an order that never came to be.</summary>
    public static Settlement OfIntention(PaymentIntention intention, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Reference = intention.Reference,
            DueAt = now,
        };

    public bool IsDueAt(DateTimeOffset now) => DueAt <= now;

    /// <summary>The gateway has given the money back, or there was none to give.</summary>
    public void Succeed(DateTimeOffset now)
    {
        Attempts++;
        (DueAt, SettledAt, LastFailure) = (null, now, null);
    }

    /// <summary>The gateway did not do it: try again, each time after twice the wait, up to a longest one.</summary>
    public void Fail(string failure, TimeSpan firstWait, TimeSpan longestWait, DateTimeOffset now)
    {
        Attempts++;
        LastFailure = failure;
        var seconds = firstWait.TotalSeconds * Math.Pow(2, Math.Min(Attempts - 1, 30));
        DueAt = now + TimeSpan.FromSeconds(Math.Min(seconds, longestWait.TotalSeconds));
    }
}
