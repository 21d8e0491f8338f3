using Orders.Contracts;
using Platform.Commands;
using Platform.Domain;
using Riders.Domain;
using Riders.Features;

namespace Riders.Integration;

/// <summary>An accepted order becomes a delivery.</summary>
public sealed class OrderAcceptedHandler(Sender sender)
{
    /// <summary>Requests the delivery, unless the order has one.</summary>
    public Task Handle(OrderAccepted happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var errand = new Errand(
            happened.OrderId,
            happened.StoreId,
            happened.CustomerId,
            happened.StoreName,
            happened.StoreAddress,
            new GeoPoint(happened.PickUp.Latitude, happened.PickUp.Longitude),
            happened.DropOffAddress,
            new GeoPoint(happened.DropOff.Latitude, happened.DropOff.Longitude),
            happened.Currency,
            happened.ReadyAt
        );
        return sender.ApplyAsync(new RequestDelivery(errand), cancellationToken);
    }
}

/// <summary>Packed food hurries its delivery.</summary>
public sealed class OrderReadyHandler(Sender sender)
{
    /// <summary>Notes that the food is ready, unless that is known or the ride is over.</summary>
    public Task Handle(OrderReady happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return sender.ApplyAsync(new NoteFoodIsReady(happened.OrderId, happened.ReadyAt), cancellationToken);
    }
}

/// <summary>A cancelled order frees its rider.</summary>
public sealed class OrderCancelledHandler(Sender sender)
{
    /// <summary>Cancels the delivery, unless there is none, it is over, or the food is on its way.</summary>
    public Task Handle(OrderCancelled happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return sender.ApplyAsync(new CancelDelivery(happened.OrderId), cancellationToken);
    }
}
