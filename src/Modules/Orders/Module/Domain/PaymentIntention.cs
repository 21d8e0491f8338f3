namespace Orders.Domain;

/// <summary>
/// That money may be held under a reference, written before the gateway is asked under it and committed by itself.
/// Whatever happens next, to this process or to its database, the hold is known of: when no order has come of it by
/// its deadline, it is given back. It says nothing of whose the money is or how much, so it can be written ahead.
/// </summary>
internal sealed class PaymentIntention
{
    private PaymentIntention() { }

    /// <summary>The order that it is for, whether it comes to be or not.</summary>
    public Guid OrderId { get; private init; }

    /// <summary>When it is looked whether an order came of it.</summary>
    public DateTimeOffset DueAt { get; private init; }

    /// <summary>What the payment is called at the gateway. No other order's payment is ever called so.</summary>
    public string Reference => $"{OrderId:N}";

    /// <summary>Its deadline leaves one wait for lying ready and one for the placing that takes it.</summary>
    public static PaymentIntention Write(TimeSpan wait, DateTimeOffset now) =>
        new() { OrderId = Guid.CreateVersion7(now), DueAt = now + (2 * wait) };

    /// <summary>Whether a placing that takes it now has all of the wait before its deadline.</summary>
    public bool MayBeTakenAt(DateTimeOffset now, TimeSpan wait) => now + wait <= DueAt;
}
