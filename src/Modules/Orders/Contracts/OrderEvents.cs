using System.ComponentModel.DataAnnotations;

namespace Orders.Contracts;

/// <summary>A place in WGS 84 degrees.</summary>
public sealed record Place(double Latitude, double Longitude);

/// <summary>A customer's order was priced, authorised and placed; the store has yet to answer.</summary>
public sealed record OrderPlaced(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    decimal Total,
    string Currency,
    DateTimeOffset PlacedAt
)
{
    /// <summary>The event's name on every wire; it never changes.</summary>
    public const string Alias = "orders.order-placed.v1";
}

/// <summary>The store takes the order on and says when it will be ready. The address is for the rider alone.</summary>
public sealed record OrderAccepted(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    string StoreName,
    string StoreAddress,
    Place PickUp,
    string DropOffAddress,
    Place DropOff,
    string Currency,
    DateTimeOffset ReadyAt,
    DateTimeOffset AcceptedAt
)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.order-accepted.v1";
}

/// <summary>The store will not make the order.</summary>
public sealed record OrderRejected(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    string Reason,
    DateTimeOffset RejectedAt
)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.order-rejected.v1";
}

/// <summary>The store did not answer in time.</summary>
public sealed record OrderExpired(Guid OrderId, Guid StoreId, Guid CustomerId, DateTimeOffset ExpiredAt)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.order-expired.v1";
}

/// <summary>The order was called off.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="StoreId">Its store.</param>
/// <param name="CustomerId">Its customer.</param>
/// <param name="Reason">A stable code, such as <c>changed_mind</c>.</param>
/// <param name="CancelledBy"><c>customer</c>, <c>store</c>, <c>operator</c> or <c>platform</c>.</param>
/// <param name="CancelledAt">When.</param>
public sealed record OrderCancelled(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    string Reason,
    [AllowedValues("customer", "store", "operator", "platform")] string CancelledBy,
    DateTimeOffset CancelledAt
)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.order-cancelled.v1";
}

/// <summary>The food is packed and waits for its rider.</summary>
public sealed record OrderReady(Guid OrderId, Guid StoreId, DateTimeOffset ReadyAt)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.order-ready.v1";
}

/// <summary>A rider carries the order.</summary>
public sealed record OrderPickedUp(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    Guid RiderId,
    DateTimeOffset PickedUpAt
)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.order-picked-up.v1";
}

/// <summary>The customer has the order.</summary>
public sealed record OrderDelivered(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    Guid RiderId,
    DateTimeOffset DeliveredAt
)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.order-delivered.v1";
}

/// <summary>The order could not be brought to its customer.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="StoreId">Its store.</param>
/// <param name="CustomerId">Its customer.</param>
/// <param name="RiderId">The rider who had it, if one had.</param>
/// <param name="Reason">A stable code.</param>
/// <param name="Fault"><c>customer</c>, <c>store</c>, <c>rider</c> or <c>platform</c>.</param>
/// <param name="FailedAt">When.</param>
public sealed record OrderUndeliverable(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    Guid? RiderId,
    string Reason,
    [AllowedValues("customer", "store", "rider", "platform")] string Fault,
    DateTimeOffset FailedAt
)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.order-undeliverable.v1";
}
