using Platform.Domain;

namespace Orders.Domain;

/// <summary>
/// That somebody's money is about to be held for an order, written before the gateway is asked and committed by itself.
/// Whatever happens next, to this process or to its database, the hold is known of: when no order has come of it by
/// its deadline, it is given back.
/// </summary>
internal sealed class PaymentIntention : IAggregateRoot
{
    private PaymentIntention() { }

    /// <summary>The order that it is for, whether it comes to be or not.</summary>
    public Guid OrderId { get; private init; }

    public Guid CustomerId { get; private init; }

    /// <summary>The idempotency key that it is found by when the same is tried again; null when the key has been used for something else since.</summary>
    public string? Key { get; private set; }

    /// <summary>What is to be held.</summary>
    public Money Amount { get; private init; } = null!;

    public DateTimeOffset WrittenAt { get; private init; }

    /// <summary>When it is looked whether an order came of it; null when one did.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>What the payment is called at the gateway. No other order's payment is ever called so.</summary>
    public string Reference => $"{OrderId:N}";

    public static PaymentIntention Write(
        Guid orderId,
        Guid customerId,
        string key,
        Money amount,
        TimeSpan wait,
        DateTimeOffset now
    ) =>
        new()
        {
            OrderId = orderId,
            CustomerId = customerId,
            Key = key,
            Amount = amount,
            WrittenAt = now,
            DueAt = now + wait,
        };

    /// <summary>It is tried again, so what is held is needed for a while longer.</summary>
    public void TryAgain(TimeSpan wait, DateTimeOffset now) => DueAt = now + wait;

    /// <summary>Its key is used for something else. What it holds is given back at its deadline.</summary>
    public void LetGoOfKey() => Key = null;
}
