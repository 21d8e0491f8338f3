using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Riders.Contracts;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>An accepted order wants a rider. An order has one delivery, however often it is asked for.</summary>
internal sealed record RequestDelivery(Errand Errand) : ICommand<Nothing>;

internal sealed class RequestDeliveryHandler(
    RidersDbContext riders,
    DeliveryRules rules,
    PayRates rates,
    TimeProvider clock
) : ICommandHandler<RequestDelivery, Nothing>
{
    public async Task<Result<Nothing>> Handle(RequestDelivery command, CancellationToken cancellationToken)
    {
        var errand = command.Errand;
        if (
            await riders.Deliveries.AnyAsync(
                delivery => delivery.OrderId == errand.OrderId,
                cancellationToken
            )
        )
            return Nothing.Done;
        var now = clock.GetUtcNow();
        var delivery = Delivery.Request(Guid.CreateVersion7(now), errand, rates, rules, now);
        riders.Deliveries.Add(delivery);
        riders.Say(
            delivery.DeliveryId,
            new DeliveryRequested(delivery.DeliveryId, delivery.OrderId, delivery.RequestedAt)
        );
        return Nothing.Done;
    }
}
