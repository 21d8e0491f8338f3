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

/// <summary>What waits for the rider's answer: one offer at most, told as every list is.</summary>
internal sealed record ListOffers(Guid RiderId) : IQuery<Page<OfferView>>;

/// <summary>An offer names the store and what it pays, but not where the customer lives: only how far it is.</summary>
internal sealed record OfferView(
    Guid OfferId,
    Guid DeliveryId,
    Guid OrderId,
    DateTimeOffset ExpiresAt,
    StoreView PickUp,
    double MetresToPickUp,
    double MetresToDropOff,
    Money Pay,
    DateTimeOffset ReadyAt
)
{
    public static OfferView Of(Delivery delivery, Offer offer) =>
        new(
            offer.OfferId,
            delivery.DeliveryId,
            delivery.OrderId,
            offer.ExpiresAt,
            delivery.PickUpView(),
            ToHundreds(offer.MetresToPickUp),
            ToHundreds(delivery.Metres),
            delivery.Pay,
            delivery.ReadyAt
        );

    private static double ToHundreds(double metres) => Math.Round(metres / 100) * 100;
}

internal sealed class ListOffersHandler(RidersDbContext riders, TimeProvider clock)
    : IQueryHandler<ListOffers, Page<OfferView>>
{
    public async Task<Result<Page<OfferView>>> Handle(ListOffers query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var deliveries = await riders
            .Deliveries.AsNoTracking()
            .Where(delivery =>
                delivery.Offers.Any(offer => offer.RiderId == query.RiderId && offer.State == OfferState.Live)
            )
            .ToListAsync(cancellationToken);
        return new Page<OfferView>(
            [
                .. deliveries
                    .Where(delivery => delivery.LiveOffer!.IsOpen(now))
                    .Select(delivery => OfferView.Of(delivery, delivery.LiveOffer!)),
            ],
            Next: null
        );
    }
}

internal static class ListOffersEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/riders/me/offers", GetAsync)
            .RequireRole(Roles.Rider)
            .WithName("ListOffers")
            .WithSummary("Offers that wait for an answer")
            .Produces<Page<OfferView>>();

    private static async Task<Microsoft.AspNetCore.Http.IResult> GetAsync(
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new ListOffers(caller.UserId), cancellationToken)).ToHttp();
}
