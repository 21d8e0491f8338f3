using Orders.Contracts;

namespace Fidgets.Integration;

public sealed class OrderDeliveredHandler
{
    public Task Handle(OrderDelivered happened, CancellationToken cancellationToken) => Task.CompletedTask;
}
