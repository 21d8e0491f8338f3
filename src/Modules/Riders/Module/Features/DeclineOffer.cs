using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Riders.Data;

namespace Riders.Features;

/// <summary>A rider says no, and the next one is asked in the same breath.</summary>
internal sealed record DeclineOffer(Guid OfferId, Guid RiderId) : ICommand<Nothing>, IRetryOnConflict;

internal sealed class DeclineOfferHandler(RidersDbContext riders, Dispatcher dispatcher, TimeProvider clock)
    : ICommandHandler<DeclineOffer, Nothing>
{
    public async Task<Result<Nothing>> Handle(DeclineOffer command, CancellationToken cancellationToken)
    {
        var delivery = await riders.OfferedDeliveryAsync(command.OfferId, command.RiderId, cancellationToken);
        if (delivery is null)
            return Error.NotFound("offer_not_found", "You have no such offer.");
        var rider = await riders.Riders.SingleAsync(
            rider => rider.RiderId == command.RiderId,
            cancellationToken
        );
        var declined = delivery.Decline(command.OfferId, rider, clock.GetUtcNow());
        if (!declined.IsDone)
            return declined.Error;
        await dispatcher.SearchAsync(delivery, cancellationToken);
        return Nothing.Done;
    }
}

internal static class DeclineOfferEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/riders/me/offers/{offerId:guid}/decline", PostAsync)
            .RequireRole(Roles.Rider)
            .WithName("DeclineOffer")
            .WithSummary("Leave an offered delivery to somebody else")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Microsoft.AspNetCore.Http.IResult> PostAsync(
        Guid offerId,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new DeclineOffer(offerId, caller.UserId), cancellationToken)).ToHttp();
}
