using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Platform.Commands;
using Platform.Domain;
using Riders.Contracts;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>
/// The order was called off. Most are before anybody asked for a delivery; and food that is already on its way
/// is brought, whatever the order says.
/// </summary>
internal sealed record CancelDelivery(Guid OrderId) : ICommand<Nothing>;

internal sealed class CancelDeliveryHandler(
    RidersDbContext riders,
    TimeProvider clock,
    ILogger<CancelDeliveryHandler> logger
) : ICommandHandler<CancelDelivery, Nothing>
{
    public async Task<Result<Nothing>> Handle(CancelDelivery command, CancellationToken cancellationToken)
    {
        var delivery = await riders.Deliveries.SingleOrDefaultAsync(
            delivery => delivery.OrderId == command.OrderId,
            cancellationToken
        );
        if (delivery is null || delivery.IsFinished)
            return Nothing.Done;
        if (delivery.Status is DeliveryStatus.PickedUp)
        {
            logger.LogWarning(
                "Order {OrderId} was cancelled when delivery {DeliveryId} was already on its way",
                delivery.OrderId,
                delivery.DeliveryId
            );
            return Nothing.Done;
        }
        var holder = await riders.HolderOfAsync(delivery, cancellationToken);
        var assigned = delivery.IsInHand ? delivery.RiderId : null;
        var now = clock.GetUtcNow();
        var cancelled = delivery.Cancel(holder, now);
        if (!cancelled.IsDone)
            return cancelled.Error;
        if (assigned is { } riderId)
        {
            riders.Say(
                delivery.DeliveryId,
                new RiderUnassigned(delivery.DeliveryId, delivery.OrderId, riderId, "order_cancelled", now)
            );
        }
        riders.Say(
            delivery.DeliveryId,
            new DeliveryCancelled(delivery.DeliveryId, delivery.OrderId, holder?.RiderId, now)
        );
        return Nothing.Done;
    }
}
