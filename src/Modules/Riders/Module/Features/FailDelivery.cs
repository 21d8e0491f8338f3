using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Riders.Contracts;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>
/// The food will not reach the customer, say its rider or an operator. A rider who went the way for nothing is
/// paid all the same, unless the fault was theirs.
/// </summary>
internal sealed record FailDelivery(Guid DeliveryId, Guid CallerId, bool ByOperator, string? Reason)
    : ICommand<DeliveryView>,
        IRetryOnConflict;

internal sealed class FailDeliveryValidator : AbstractValidator<FailDelivery>
{
    public FailDeliveryValidator() =>
        RuleFor(command => command.Reason)
            .Must(reason => Failure.For(reason) is not null)
            .WithMessage($"Must be one of: {Failure.Reasons}.");
}

internal sealed class FailDeliveryHandler(RidersDbContext riders, RidersOptions options, TimeProvider clock)
    : ICommandHandler<FailDelivery, DeliveryView>
{
    public async Task<Result<DeliveryView>> Handle(FailDelivery command, CancellationToken cancellationToken)
    {
        var failure = Failure.For(command.Reason)!;
        var delivery = await riders.Deliveries.SingleOrDefaultAsync(
            delivery =>
                delivery.DeliveryId == command.DeliveryId
                && (command.ByOperator || delivery.RiderId == command.CallerId),
            cancellationToken
        );
        if (delivery is null)
            return Error.NotFound("delivery_not_found", "There is no such delivery.");
        if (delivery.IsFinished && delivery.FailureReason == failure.Reason)
            return DeliveryView.Of(delivery);
        var now = clock.GetUtcNow();
        var holder = await riders.HolderOfAsync(delivery, cancellationToken);
        var failed = delivery.Fail(failure, holder, command.ByOperator, now);
        if (!failed.IsDone)
            return failed.Error;
        if (delivery is { Status: DeliveryStatus.Returned, RiderId: { } riderId } && !failure.IsRidersFault)
            riders.Earnings.Add(Earning.For(delivery, riderId, now, options.Zone));
        riders.Say(
            delivery.DeliveryId,
            new DeliveryFailed(
                delivery.DeliveryId,
                delivery.OrderId,
                delivery.RiderId,
                failure.Reason,
                failure.Fault,
                now
            )
        );
        return DeliveryView.Of(delivery);
    }
}

internal sealed record FailDeliveryBody(string? Reason);

internal static class FailDeliveryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/deliveries/{id:guid}/fail", PostAsync)
            .RequireRole(Roles.Rider, Roles.Operator)
            .WithName("FailDelivery")
            .WithSummary("The food will not reach the customer")
            .Produces<DeliveryView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Microsoft.AspNetCore.Http.IResult> PostAsync(
        Guid id,
        FailDeliveryBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new FailDelivery(id, caller.UserId, caller.Is(Roles.Operator), body.Reason);
        return (await sender.SendAsync(command, cancellationToken)).ToHttp();
    }
}
