using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Data;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>The food is packed and waits for its rider.</summary>
internal sealed record MarkOrderReady(Guid OrderId, Caller Caller) : ICommand<OrderView>;

internal sealed class MarkOrderReadyHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<MarkOrderReady, OrderView>
{
    public async Task<Result<OrderView>> Handle(MarkOrderReady command, CancellationToken cancellationToken)
    {
        var order = await database.Orders.FindForAsync(command.OrderId, command.Caller, cancellationToken);
        if (order is null)
            return OrderAccess.NotFound;
        if (order.MarkReady(command.Caller.UserId, clock.GetUtcNow()) is { IsDone: false } refused)
            return refused.Error;
        database.SayNewsOf(order);
        return OrderView.Of(order, command.Caller);
    }
}

internal static class MarkOrderReadyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/orders/{id:guid}/ready", MarkReadyAsync)
            .RequireRole(Roles.Store)
            .WithName("MarkOrderReady")
            .WithSummary("Its store has packed the food.")
            .Produces<OrderView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> MarkReadyAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new MarkOrderReady(id, caller), cancellationToken)).ToHttp();
}
