using System.ComponentModel.DataAnnotations;

namespace Riders.Contracts;

/// <summary>An accepted order wants a rider.</summary>
public sealed record DeliveryRequested(Guid DeliveryId, Guid OrderId, DateTimeOffset RequestedAt)
{
    /// <summary>The event's name on every wire; it never changes.</summary>
    public const string Alias = "riders.delivery-requested.v1";
}

/// <summary>A rider was asked to take the delivery, and has until then to answer.</summary>
public sealed record DeliveryOffered(
    Guid DeliveryId,
    Guid OrderId,
    Guid RiderId,
    Guid OfferId,
    DateTimeOffset ExpiresAt,
    DateTimeOffset OfferedAt
)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.delivery-offered.v1";
}

/// <summary>A rider took the delivery.</summary>
public sealed record RiderAssigned(
    Guid DeliveryId,
    Guid OrderId,
    Guid RiderId,
    string RiderName,
    DateTimeOffset EstimatedPickUpAt,
    DateTimeOffset EstimatedDropOffAt,
    DateTimeOffset AssignedAt
)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.rider-assigned.v1";
}

/// <summary>The rider no longer has the delivery, before pick-up; another is sought unless it was cancelled.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="RiderId">The rider who had it.</param>
/// <param name="Reason"><c>gave_up</c>, <c>no_progress</c> or <c>order_cancelled</c>.</param>
/// <param name="UnassignedAt">When.</param>
public sealed record RiderUnassigned(
    Guid DeliveryId,
    Guid OrderId,
    Guid RiderId,
    [AllowedValues("gave_up", "no_progress", "order_cancelled")] string Reason,
    DateTimeOffset UnassignedAt
)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.rider-unassigned.v1";
}

/// <summary>The food is packed, and a rider is on the way to fetch it.</summary>
public sealed record DeliveryReady(Guid DeliveryId, Guid OrderId, Guid RiderId, DateTimeOffset ReadyAt)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.delivery-ready.v1";
}

/// <summary>The order was called off before the food was fetched, and the delivery with it.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="RiderId">The rider who had it, or was being asked; null when there was none.</param>
/// <param name="CancelledAt">When.</param>
public sealed record DeliveryCancelled(
    Guid DeliveryId,
    Guid OrderId,
    Guid? RiderId,
    DateTimeOffset CancelledAt
)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.delivery-cancelled.v1";
}

/// <summary>The rider has the food.</summary>
public sealed record DeliveryPickedUp(Guid DeliveryId, Guid OrderId, Guid RiderId, DateTimeOffset PickedUpAt)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.delivery-picked-up.v1";
}

/// <summary>The customer has the food.</summary>
public sealed record DeliveryCompleted(
    Guid DeliveryId,
    Guid OrderId,
    Guid RiderId,
    DateTimeOffset DeliveredAt
)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.delivery-completed.v1";
}

/// <summary>The delivery will not reach the customer.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="RiderId">The rider who had it, if one had.</param>
/// <param name="Reason">A stable code, such as <c>customer_absent</c>.</param>
/// <param name="Fault"><c>customer</c>, <c>store</c>, <c>rider</c> or <c>platform</c>.</param>
/// <param name="FailedAt">When.</param>
public sealed record DeliveryFailed(
    Guid DeliveryId,
    Guid OrderId,
    Guid? RiderId,
    string Reason,
    [AllowedValues("customer", "store", "rider", "platform")] string Fault,
    DateTimeOffset FailedAt
)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.delivery-failed.v1";
}

/// <summary>A promised time passed. Said once for each deadline of a delivery.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="OrderId">Its order.</param>
/// <param name="Deadline"><c>assign</c>, <c>pick_up</c> or <c>drop_off</c>.</param>
/// <param name="DueAt">The promised time.</param>
/// <param name="MissedAt">When the miss was noticed.</param>
public sealed record DeliverySlaMissed(
    Guid DeliveryId,
    Guid OrderId,
    [AllowedValues("assign", "pick_up", "drop_off")] string Deadline,
    DateTimeOffset DueAt,
    DateTimeOffset MissedAt
)
{
    /// <inheritdoc cref="DeliveryRequested.Alias"/>
    public const string Alias = "riders.delivery-sla-missed.v1";
}
