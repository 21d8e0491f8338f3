using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Data;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>The store will not make an order.</summary>
internal sealed record RejectOrder(Guid OrderId, Caller Caller, string? Reason) : ICommand<OrderView>;

internal sealed class RejectOrderValidator : AbstractValidator<RejectOrder>
{
    public RejectOrderValidator() => RuleFor(command => command.Reason).ReasonCode();
}

internal sealed class RejectOrderHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<RejectOrder, OrderView>
{
    public async Task<Result<OrderView>> Handle(RejectOrder command, CancellationToken cancellationToken)
    {
        var order = await database.Orders.FindForAsync(command.OrderId, command.Caller, cancellationToken);
        if (order is null)
            return OrderAccess.NotFound;
        var reason = command.Reason!.ToReasonCode();
        if (order.Reject(command.Caller.UserId, reason, clock.GetUtcNow()) is { IsDone: false } refused)
            return refused.Error;
        database.SayNewsOf(order);
        return OrderView.Of(order, command.Caller);
    }
}

internal sealed record RejectOrderBody(string? Reason);

internal static class RejectOrderEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/orders/{id:guid}/reject", RejectAsync)
            .RequireRole(Roles.Store)
            .WithName("RejectOrder")
            .WithSummary(
                "Its store turns the order down, with a coded reason; the authorisation is released."
            )
            .Produces<OrderView>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> RejectAsync(
        Guid id,
        RejectOrderBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new RejectOrder(id, caller, body.Reason), cancellationToken)).ToHttp();
}
