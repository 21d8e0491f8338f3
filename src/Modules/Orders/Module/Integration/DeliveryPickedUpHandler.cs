using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Features;
using Platform.Commands;
using Platform.Domain;
using Riders.Contracts;

namespace Orders.Integration;

/// <summary>A rider has the food: the order is picked up. Late or repeated news changes nothing.</summary>
public sealed class DeliveryPickedUpHandler(Sender sender)
{
    /// <summary>Applies the event.</summary>
    public Task Handle(DeliveryPickedUp happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(
            new FollowPickUp(happened.OrderId, happened.RiderId, happened.PickedUpAt),
            cancellationToken
        );
}

internal sealed record FollowPickUp(Guid OrderId, Guid RiderId, DateTimeOffset At) : ICommand<Nothing>;

internal sealed class FollowPickUpHandler(OrdersDbContext database) : ICommandHandler<FollowPickUp, Nothing>
{
    public async Task<Result<Nothing>> Handle(FollowPickUp command, CancellationToken cancellationToken)
    {
        var order = await database.Orders.SingleOrDefaultAsync(
            row => row.Id == command.OrderId,
            cancellationToken
        );
        if (order is null)
            return OrderAccess.NotFound;
        order.FollowPickUp(command.RiderId, command.At);
        database.SayNewsOf(order);
        return Nothing.Done;
    }
}
