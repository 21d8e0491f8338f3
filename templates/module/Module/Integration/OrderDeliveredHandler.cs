using Coupons.Data;
using Coupons.Domain;
using Orders.Contracts;
using Platform.Commands;
using Platform.Domain;

namespace Coupons.Integration;

/// <summary>A delivered order counts.</summary>
/// <param name="sender">Applies the event.</param>
public sealed class OrderDeliveredHandler(Sender sender)
{
    /// <summary>Takes the event in; a repeated one changes nothing.</summary>
    public Task Handle(OrderDelivered happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(new NoteDeliveredOrder(happened.OrderId, happened.DeliveredAt), cancellationToken);
}

internal sealed record NoteDeliveredOrder(Guid OrderId, DateTimeOffset DeliveredAt) : ICommand<Nothing>;

internal sealed class NoteDeliveredOrderHandler(CouponsDbContext database)
    : ICommandHandler<NoteDeliveredOrder, Nothing>
{
    public async Task<Result<Nothing>> Handle(NoteDeliveredOrder command, CancellationToken cancellationToken)
    {
        if (await database.DeliveredOrders.FindAsync([command.OrderId], cancellationToken) is null)
            database.DeliveredOrders.Add(
                new DeliveredOrder { OrderId = command.OrderId, DeliveredAt = command.DeliveredAt }
            );
        return Nothing.Done;
    }
}
