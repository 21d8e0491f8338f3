using Microsoft.EntityFrameworkCore;
using Riders.Domain;

namespace Riders.Data;

/// <summary>Questions that several use cases ask.</summary>
internal static class Lookups
{
    /// <summary>The rider whom a change of the delivery concerns too; null when there is none.</summary>
    public static async Task<Rider?> HolderOfAsync(
        this RidersDbContext riders,
        Delivery delivery,
        CancellationToken cancellationToken
    ) =>
        delivery.HolderId is { } riderId
            ? await riders.Riders.SingleAsync(rider => rider.RiderId == riderId, cancellationToken)
            : null;

    /// <summary>A delivery that the rider has, or had when it ended.</summary>
    public static Task<Delivery?> DeliveryOfAsync(
        this RidersDbContext riders,
        Guid deliveryId,
        Guid riderId,
        CancellationToken cancellationToken
    ) =>
        riders.Deliveries.SingleOrDefaultAsync(
            delivery => delivery.DeliveryId == deliveryId && delivery.RiderId == riderId,
            cancellationToken
        );

    /// <summary>The delivery that an offer made to the rider is for.</summary>
    public static Task<Delivery?> OfferedDeliveryAsync(
        this RidersDbContext riders,
        Guid offerId,
        Guid riderId,
        CancellationToken cancellationToken
    ) =>
        riders.Deliveries.SingleOrDefaultAsync(
            delivery => delivery.Offers.Any(offer => offer.OfferId == offerId && offer.RiderId == riderId),
            cancellationToken
        );
}
