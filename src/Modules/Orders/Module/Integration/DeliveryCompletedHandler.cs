using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Features;
using Platform.Commands;
using Platform.Domain;
using Riders.Contracts;

namespace Orders.Integration;

/// <summary>The customer has the food: the order is delivered. Late or repeated news changes nothing.</summary>
public sealed class DeliveryCompletedHandler(Sender sender)
{
    /// <summary>Applies the event.</summary>
    public Task Handle(DeliveryCompleted happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(
            new FollowDelivery(happened.OrderId, happened.RiderId, happened.DeliveredAt),
            cancellationToken
        );
}

internal sealed record FollowDelivery(Guid OrderId, Guid RiderId, DateTimeOffset At) : ICommand<Nothing>;

internal sealed class FollowDeliveryHandler(OrdersDbContext database)
    : ICommandHandler<FollowDelivery, Nothing>
{
    public async Task<Result<Nothing>> Handle(FollowDelivery command, CancellationToken cancellationToken)
    {
        var order = await database.Orders.SingleOrDefaultAsync(
            row => row.Id == command.OrderId,
            cancellationToken
        );
        if (order is null)
            return OrderAccess.NotFound;
        order.FollowDelivery(command.RiderId, command.At);
        database.SayNewsOf(order);
        return Nothing.Done;
    }
}
