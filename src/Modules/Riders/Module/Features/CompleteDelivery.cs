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

/// <summary>The customer has the food, and the rider has earned their pay. Said twice, it happened once.</summary>
internal sealed record CompleteDelivery(Guid DeliveryId, Guid RiderId)
    : ICommand<DeliveryView>,
        IRetryOnConflict;

internal sealed class CompleteDeliveryHandler(
    RidersDbContext riders,
    RidersOptions options,
    TimeProvider clock
) : ICommandHandler<CompleteDelivery, DeliveryView>
{
    public async Task<Result<DeliveryView>> Handle(
        CompleteDelivery command,
        CancellationToken cancellationToken
    )
    {
        var delivery = await riders.DeliveryOfAsync(command.DeliveryId, command.RiderId, cancellationToken);
        if (delivery is null)
            return Error.NotFound("delivery_not_found", "You have no such delivery.");
        if (delivery.Status is DeliveryStatus.Delivered)
            return DeliveryView.Of(delivery);
        var rider = await riders.Riders.SingleAsync(
            rider => rider.RiderId == command.RiderId,
            cancellationToken
        );
        var now = clock.GetUtcNow();
        var completed = delivery.Complete(rider, now);
        if (!completed.IsDone)
            return completed.Error;
        riders.Earnings.Add(Earning.For(delivery, rider.RiderId, now, options.Zone));
        riders.Say(
            delivery.DeliveryId,
            new DeliveryCompleted(delivery.DeliveryId, delivery.OrderId, rider.RiderId, now)
        );
        return DeliveryView.Of(delivery);
    }
}

internal static class CompleteDeliveryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/deliveries/{id:guid}/deliver", PostAsync)
            .RequireRole(Roles.Rider)
            .WithName("CompleteDelivery")
            .WithSummary("The customer has the food")
            .Produces<DeliveryView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Microsoft.AspNetCore.Http.IResult> PostAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new CompleteDelivery(id, caller.UserId), cancellationToken)).ToHttp();
}
