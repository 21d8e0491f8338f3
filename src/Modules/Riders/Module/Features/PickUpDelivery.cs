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

/// <summary>The rider has the food. Said twice, it happened once.</summary>
internal sealed record PickUpDelivery(Guid DeliveryId, Guid RiderId)
    : ICommand<DeliveryView>,
        IRetryOnConflict;

internal sealed class PickUpDeliveryHandler(RidersDbContext riders, TimeProvider clock)
    : ICommandHandler<PickUpDelivery, DeliveryView>
{
    public async Task<Result<DeliveryView>> Handle(
        PickUpDelivery command,
        CancellationToken cancellationToken
    )
    {
        var delivery = await riders.DeliveryOfAsync(command.DeliveryId, command.RiderId, cancellationToken);
        if (delivery is null)
            return Error.NotFound("delivery_not_found", "You have no such delivery.");
        if (delivery.Status is DeliveryStatus.PickedUp)
            return DeliveryView.Of(delivery);
        var rider = await riders.Riders.SingleAsync(
            rider => rider.RiderId == command.RiderId,
            cancellationToken
        );
        var now = clock.GetUtcNow();
        var pickedUp = delivery.PickUp(rider, now);
        if (!pickedUp.IsDone)
            return pickedUp.Error;
        riders.Say(
            delivery.DeliveryId,
            new DeliveryPickedUp(delivery.DeliveryId, delivery.OrderId, rider.RiderId, now)
        );
        return DeliveryView.Of(delivery);
    }
}

internal static class PickUpDeliveryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/deliveries/{id:guid}/pick-up", PostAsync)
            .RequireRole(Roles.Rider)
            .WithName("PickUpDelivery")
            .WithSummary("The rider has the food")
            .Produces<DeliveryView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Microsoft.AspNetCore.Http.IResult> PostAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new PickUpDelivery(id, caller.UserId), cancellationToken)).ToHttp();
}
