using Orders.Contracts;

namespace Coupons.Integration;

public sealed class OrderDeliveredHandler
{
    public Task Handle(OrderDelivered happened, CancellationToken cancellationToken) => Task.CompletedTask;
}
