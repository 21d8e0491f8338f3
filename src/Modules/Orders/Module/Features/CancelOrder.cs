using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>
/// Calls an order off. Whose fault it was decides the refund, and only an operator may say: a customer cancels
/// before it matters, and a store's cancellation is the store's.
/// </summary>
internal sealed record CancelOrder(Guid OrderId, Caller Caller, string? Reason, Fault? Fault)
    : ICommand<OrderView>;

internal sealed class CancelOrderValidator : AbstractValidator<CancelOrder>
{
    public CancelOrderValidator()
    {
        RuleFor(command => command.Reason).ReasonCode();
        RuleFor(command => command.Fault).IsInEnum();
        RuleFor(command => command.Fault)
            .Null()
            .When(command => !command.Caller.Is(Roles.Operator))
            .WithMessage("Only an operator says whose fault it was.");
    }
}

internal sealed class CancelOrderHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<CancelOrder, OrderView>
{
    public async Task<Result<OrderView>> Handle(CancelOrder command, CancellationToken cancellationToken)
    {
        var order = await database.Orders.FindForAsync(command.OrderId, command.Caller, cancellationToken);
        if (order is null)
            return OrderAccess.NotFound;
        if (Cancel(order, command) is { IsDone: false } refused)
            return refused.Error;
        database.SayNewsOf(order);
        return OrderView.Of(order, command.Caller);
    }

    private Result Cancel(Order order, CancelOrder command)
    {
        var (by, reason, now) = (command.Caller.UserId, command.Reason!.ToReasonCode(), clock.GetUtcNow());
        return command.Caller.Role switch
        {
            Roles.Customer => order.CancelByCustomer(reason, now),
            Roles.Store => order.CancelByStore(by, reason, now),
            _ => order.CancelByOperator(by, reason, command.Fault ?? Fault.Platform, now),
        };
    }
}

internal sealed record CancelOrderBody(string? Reason, Fault? Fault);

internal static class CancelOrderEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/orders/{id:guid}/cancel", CancelAsync)
            .RequireRole(Roles.Customer, Roles.Store, Roles.Operator)
            .WithName("CancelOrder")
            .WithSummary(
                "Its customer until the store accepts; its store or an operator until a rider has it."
            )
            .Produces<OrderView>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> CancelAsync(
        Guid id,
        CancelOrderBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new CancelOrder(id, caller, body.Reason, body.Fault);
        return (await sender.SendAsync(command, cancellationToken)).ToHttp();
    }
}
