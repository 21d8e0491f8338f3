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
/// A rider takes an offer. Versions of delivery and rider decide a race; the loser asks again and finds the offer
/// gone. Taking twice is taking once.
/// </summary>
internal sealed record AcceptOffer(Guid OfferId, Guid RiderId) : ICommand<DeliveryView>, IRetryOnConflict;

internal sealed class AcceptOfferHandler(RidersDbContext riders, DeliveryRules rules, TimeProvider clock)
    : ICommandHandler<AcceptOffer, DeliveryView>
{
    public async Task<Result<DeliveryView>> Handle(AcceptOffer command, CancellationToken cancellationToken)
    {
        var delivery = await riders.OfferedDeliveryAsync(command.OfferId, command.RiderId, cancellationToken);
        if (delivery is null)
            return Error.NotFound("offer_not_found", "You have no such offer.");
        if (delivery.WasAcceptedBy(command.RiderId, command.OfferId))
            return DeliveryView.Of(delivery);

        var rider = await riders.Riders.SingleAsync(
            rider => rider.RiderId == command.RiderId,
            cancellationToken
        );
        var now = clock.GetUtcNow();
        var accepted = delivery.Accept(command.OfferId, rider, rules, now);
        if (!accepted.IsDone)
            return accepted.Error;
        riders.Say(
            delivery.DeliveryId,
            new RiderAssigned(
                delivery.DeliveryId,
                delivery.OrderId,
                rider.RiderId,
                rider.Name,
                delivery.EstimatedPickUpAt!.Value,
                delivery.EstimatedDropOffAt!.Value,
                now
            )
        );
        return DeliveryView.Of(delivery);
    }
}

internal static class AcceptOfferEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/riders/me/offers/{offerId:guid}/accept", PostAsync)
            .RequireRole(Roles.Rider)
            .WithName("AcceptOffer")
            .WithSummary("Take an offered delivery")
            .Produces<DeliveryView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Microsoft.AspNetCore.Http.IResult> PostAsync(
        Guid offerId,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new AcceptOffer(offerId, caller.UserId), cancellationToken)).ToHttp();
}
