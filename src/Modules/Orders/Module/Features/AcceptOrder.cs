using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Payments;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>The store takes an order on and says how long it will need.</summary>
internal sealed record AcceptOrder(Guid OrderId, Caller Caller, int? PreparationMinutes)
    : ICommand<AcceptanceOutcome>;

/// <summary>
/// What came of it. An order whose payment cannot be captured is cancelled, and that must be saved although
/// the store is told no: so a failed payment is an outcome here and not a refusal.
/// </summary>
internal sealed record AcceptanceOutcome(OrderView Order, bool PaymentFailed);

internal sealed class AcceptOrderValidator : AbstractValidator<AcceptOrder>
{
    public AcceptOrderValidator(IOptions<OrdersOptions> options) =>
        RuleFor(command => command.PreparationMinutes)
            .NotNull()
            .InclusiveBetween(1, options.Value.MaximumPreparationMinutes);
}

internal sealed class AcceptOrderHandler(
    OrdersDbContext database,
    IPaymentGateway gateway,
    TimeProvider clock
) : ICommandHandler<AcceptOrder, AcceptanceOutcome>
{
    public async Task<Result<AcceptanceOutcome>> Handle(
        AcceptOrder command,
        CancellationToken cancellationToken
    )
    {
        var order = await database.Orders.FindForAsync(command.OrderId, command.Caller, cancellationToken);
        if (order is null)
            return OrderAccess.NotFound;
        var now = clock.GetUtcNow();
        if (order.StoreMayAccept(now) is { IsDone: false } refused)
            return refused.Error;

        var captured = await gateway.CaptureAsync(order.PaymentReference, cancellationToken);
        var preparation = TimeSpan.FromMinutes(command.PreparationMinutes!.Value);
        var changed = captured
            ? order.Accept(command.Caller.UserId, preparation, now)
            : order.CancelForFailedPayment(now);
        if (!changed.IsDone)
            return changed.Error;
        database.SayNewsOf(order);
        return new AcceptanceOutcome(OrderView.Of(order, command.Caller), PaymentFailed: !captured);
    }
}

internal sealed record AcceptOrderBody(int? PreparationMinutes);

internal static class AcceptOrderEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/orders/{id:guid}/accept", AcceptAsync)
            .RequireRole(Roles.Store)
            .WithName("AcceptOrder")
            .WithSummary("Its store takes the order on; the payment is captured.")
            .Produces<OrderView>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> AcceptAsync(
        Guid id,
        AcceptOrderBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new AcceptOrder(id, caller, body.PreparationMinutes);
        var outcome = await sender.SendAsync(command, cancellationToken);
        return outcome switch
        {
            { IsDone: false } => outcome.Error.ToProblem(),
            { Value.PaymentFailed: true } => PaymentErrors.CaptureFailed.ToProblem(),
            _ => Results.Ok(outcome.Value.Order),
        };
    }
}
