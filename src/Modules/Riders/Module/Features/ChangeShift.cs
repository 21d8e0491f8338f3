using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>
/// A rider starts or ends a shift. The first start makes the account a rider. Ending with an open offer declines
/// it: whoever leaves has answered.
/// </summary>
internal sealed record ChangeShift(Guid RiderId, bool? Online) : ICommand<RiderView>, IRetryOnConflict;

internal sealed class ChangeShiftValidator : AbstractValidator<ChangeShift>
{
    public ChangeShiftValidator() => RuleFor(command => command.Online).NotNull();
}

internal sealed class ChangeShiftHandler(
    RidersDbContext riders,
    RiderLocations locations,
    Dispatcher dispatcher,
    TimeProvider clock
) : ICommandHandler<ChangeShift, RiderView>
{
    public async Task<Result<RiderView>> Handle(ChangeShift command, CancellationToken cancellationToken)
    {
        var rider = await riders.Riders.SingleOrDefaultAsync(
            rider => rider.RiderId == command.RiderId,
            cancellationToken
        );
        if (rider is null)
        {
            rider = Rider.Register(command.RiderId);
            riders.Riders.Add(rider);
        }
        if (command.Online is true)
        {
            rider.GoOnline();
        }
        else
        {
            var declined = rider.Load == 0 ? await DeclineOpenOfferAsync(rider, cancellationToken) : null;
            var ended = rider.GoOffline();
            if (!ended.IsDone)
                return ended.Error;
            if (declined is not null)
                await dispatcher.SearchAsync(declined, cancellationToken);
        }
        return RiderView.Of(rider, locations.LastOf(rider.RiderId));
    }

    private async Task<Delivery?> DeclineOpenOfferAsync(Rider rider, CancellationToken cancellationToken)
    {
        if (rider.LiveOfferId is not { } offerId)
            return null;
        var delivery = await riders.OfferedDeliveryAsync(offerId, rider.RiderId, cancellationToken);
        var now = clock.GetUtcNow();
        if (!delivery!.Decline(offerId, rider, now).IsDone)
            delivery.LetOfferLapse(rider, now);
        return delivery;
    }
}

internal sealed record ChangeShiftBody(bool? Online);

internal static class ChangeShiftEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/api/riders/me/shift", PutAsync)
            .RequireRole(Roles.Rider)
            .WithName("ChangeShift")
            .WithSummary("Go online or offline")
            .Produces<RiderView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Microsoft.AspNetCore.Http.IResult> PutAsync(
        ChangeShiftBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new ChangeShift(caller.UserId, body.Online), cancellationToken)).ToHttp();
}
