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

/// <summary>A rider gives a delivery back before they have the food, and the next one is asked at once.</summary>
internal sealed record GiveUpDelivery(Guid DeliveryId, Guid RiderId) : ICommand<Nothing>, IRetryOnConflict;

internal sealed class GiveUpDeliveryHandler(
    RidersDbContext riders,
    Dispatcher dispatcher,
    DeliveryRules rules,
    TimeProvider clock
) : ICommandHandler<GiveUpDelivery, Nothing>
{
    public async Task<Result<Nothing>> Handle(GiveUpDelivery command, CancellationToken cancellationToken)
    {
        var delivery = await riders.DeliveryOfAsync(command.DeliveryId, command.RiderId, cancellationToken);
        if (delivery is null)
            return Error.NotFound("delivery_not_found", "You have no such delivery.");
        var rider = await riders.Riders.SingleAsync(
            rider => rider.RiderId == command.RiderId,
            cancellationToken
        );
        var now = clock.GetUtcNow();
        var givenUp = delivery.GiveUp(rider, rules, now);
        if (!givenUp.IsDone)
            return givenUp.Error;
        riders.Say(
            delivery.DeliveryId,
            new RiderUnassigned(delivery.DeliveryId, delivery.OrderId, rider.RiderId, "gave_up", now)
        );
        await dispatcher.SearchAsync(delivery, cancellationToken);
        return Nothing.Done;
    }
}

internal static class GiveUpDeliveryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/deliveries/{id:guid}/give-up", PostAsync)
            .RequireRole(Roles.Rider)
            .WithName("GiveUpDelivery")
            .WithSummary("Give a delivery back before pick-up")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Microsoft.AspNetCore.Http.IResult> PostAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new GiveUpDelivery(id, caller.UserId), cancellationToken)).ToHttp();
}
