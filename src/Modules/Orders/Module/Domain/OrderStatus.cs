using Platform.Domain;

namespace Orders.Domain;

/// <summary>Where an order stands. The last five are the end of its way.</summary>
internal enum OrderStatus
{
    Placed,
    Accepted,
    Ready,
    PickedUp,
    Delivered,
    Rejected,
    Expired,
    Cancelled,
    Undeliverable,
}

internal static class OrderStatuses
{
    /// <summary>What an order can still move on from.</summary>
    public static readonly OrderStatus[] Open =
    [
        OrderStatus.Placed,
        OrderStatus.Accepted,
        OrderStatus.Ready,
        OrderStatus.PickedUp,
    ];

    public static bool IsEnd(this OrderStatus status) => !Open.Contains(status);
}

/// <summary>Who did something to an order.</summary>
internal enum Party
{
    Customer,
    Store,
    Rider,
    Operator,
    Platform,
}

/// <summary>On whose account it is that an order came to nothing. It decides who pays.</summary>
internal enum Fault
{
    Customer,
    Store,
    Rider,
    Platform,
}

/// <summary>What an order's money is doing.</summary>
internal enum PaymentStatus
{
    /// <summary>Held at the customer's bank, not taken.</summary>
    Authorised,

    /// <summary>Taken.</summary>
    Captured,

    /// <summary>On its way back to the customer; a settlement is due.</summary>
    Releasing,

    /// <summary>Back with the customer.</summary>
    Released,
}

/// <summary>Somebody who acts, and which of the somebodies it is, where that is known.</summary>
internal sealed record Actor(Party Party, Guid? Id)
{
    public static Actor Platform { get; } = new(Party.Platform, null);
}

/// <summary>One change of an order: what it became, who did it, when and why.</summary>
internal sealed record TimelineEntry(
    OrderStatus Status,
    DateTimeOffset At,
    Party By,
    Guid? ById,
    string? Reason,
    Fault? Fault
);

/// <summary>Where an order goes. The line is for the rider's eyes; the point is what fees are reckoned from.</summary>
internal sealed record DeliveryAddress(string Line, GeoPoint Point);
