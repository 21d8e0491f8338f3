using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Riders.Contracts;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>The store says that the food is packed.</summary>
internal sealed record NoteFoodIsReady(Guid OrderId, DateTimeOffset ReadyAt) : ICommand<Nothing>;

internal sealed class NoteFoodIsReadyHandler(RidersDbContext riders, DeliveryRules rules)
    : ICommandHandler<NoteFoodIsReady, Nothing>
{
    public async Task<Result<Nothing>> Handle(NoteFoodIsReady command, CancellationToken cancellationToken)
    {
        var delivery = await riders.Deliveries.SingleOrDefaultAsync(
            delivery => delivery.OrderId == command.OrderId,
            cancellationToken
        );
        if (delivery?.NoteFoodIsReady(command.ReadyAt, rules) == true && delivery.RiderId is { } riderId)
        {
            riders.Say(
                delivery.DeliveryId,
                new DeliveryReady(delivery.DeliveryId, delivery.OrderId, riderId, delivery.ReadyAt)
            );
        }
        return Nothing.Done;
    }
}
