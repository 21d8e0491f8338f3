using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Riders.Contracts;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>
/// Finds the rider to ask next and asks them, in the caller's unit of work, so that a refused offer and the next
/// one are one change.
/// </summary>
internal sealed class Dispatcher(
    RidersDbContext riders,
    RiderLocations locations,
    DeliveryRules rules,
    TimeProvider clock,
    ILogger<Dispatcher> logger
)
{
    /// <summary>How many groups of candidates are weighed before the search rests.</summary>
    private const int MostGroups = 4;

    /// <summary>Makes an offer, or widens the search and comes back later. Does nothing while none is wanted.</summary>
    public async Task SearchAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        while (delivery.WantsRider(now))
        {
            var best = await FindAsync(delivery, cancellationToken);
            if (best is { } found)
            {
                var offerId = Guid.CreateVersion7(now);
                var offered = delivery.OfferTo(found.Rider, offerId, found.MetresToPickUp, rules, now);
                if (!offered.IsDone)
                    throw new InvalidOperationException(
                        $"Chose a rider who cannot be asked: {offered.Error.Code}."
                    );
                var expiresAt = delivery.LiveOffer!.ExpiresAt;
                riders.Say(
                    delivery.DeliveryId,
                    new DeliveryOffered(
                        delivery.DeliveryId,
                        delivery.OrderId,
                        found.Rider.RiderId,
                        offerId,
                        expiresAt,
                        now
                    )
                );
            }
            else if (delivery.NoteNobodyFound(rules, now) is { } broken)
            {
                logger.LogWarning(
                    "Nobody takes delivery {DeliveryId} after {Rounds} rounds; the search goes on",
                    delivery.DeliveryId,
                    delivery.Round - 1
                );
                riders.SayBroken(delivery, broken, now);
            }
        }
    }

    private async Task<(Rider Rider, double MetresToPickUp)?> FindAsync(
        Delivery delivery,
        CancellationToken cancellationToken
    )
    {
        var weighed = new HashSet<Guid>();
        for (var group = 0; group < MostGroups; group++)
        {
            var nearest = locations.Nearest(
                delivery.PickUpPlace,
                rules.Candidates,
                rules.RadiusMetres(delivery.Round),
                riderId => !delivery.WasAskedThisRound(riderId) && !weighed.Contains(riderId)
            );
            if (nearest.Riders.Count == 0)
                return null;
            weighed.UnionWith(nearest.Riders.Select(nearby => nearby.RiderId));
            if (await BestOfAsync(delivery, nearest.Riders, cancellationToken) is { } best)
                return best;
        }
        return null;
    }

    private async Task<(Rider Rider, double MetresToPickUp)?> BestOfAsync(
        Delivery delivery,
        IReadOnlyList<Nearby> nearest,
        CancellationToken cancellationToken
    )
    {
        var ids = nearest.Select(nearby => nearby.RiderId).ToList();
        var known = await riders
            .Riders.Where(rider => ids.Contains(rider.RiderId))
            .ToDictionaryAsync(rider => rider.RiderId, cancellationToken);
        foreach (var riderId in ids)
            locations.NoteWhetherFree(riderId, IsFree(riderId));

        var loaded = known.Values.Where(rider => rider.Load > 0).Select(rider => rider.RiderId).ToList();
        var inHand = loaded.Count > 0 ? await LegsOfAsync(loaded, cancellationToken) : null;
        var candidates = nearest
            .Where(nearby => IsFree(nearby.RiderId))
            .Select(nearby => new Candidate(
                nearby.RiderId,
                nearby.Location,
                [.. inHand?[nearby.RiderId] ?? []]
            ));
        var best = Ranking.Rank(delivery.Leg, candidates, rules).FirstOrDefault();
        return best is null ? null : (known[best.RiderId], best.MetresToPickUp);

        bool IsFree(Guid riderId) =>
            known.TryGetValue(riderId, out var rider) && rider.MayBeOffered(rules.MaximumLoad);
    }

    private async Task<ILookup<Guid, Leg>> LegsOfAsync(
        List<Guid> riderIds,
        CancellationToken cancellationToken
    )
    {
        var inHand = await riders
            .Deliveries.Where(delivery =>
                (delivery.Status == DeliveryStatus.Assigned || delivery.Status == DeliveryStatus.PickedUp)
                && delivery.RiderId != null
                && riderIds.Contains(delivery.RiderId.Value)
            )
            .Select(delivery => new
            {
                delivery.RiderId,
                delivery.Status,
                delivery.PickUpPlace,
                delivery.DropOffPlace,
            })
            .ToListAsync(cancellationToken);
        return inHand.ToLookup(
            row => row.RiderId!.Value,
            row => new Leg(row.PickUpPlace, row.DropOffPlace, row.Status is DeliveryStatus.PickedUp)
        );
    }
}

internal static class BrokenPromises
{
    public static void SayBroken(
        this RidersDbContext riders,
        Delivery delivery,
        BrokenPromise broken,
        DateTimeOffset now
    ) =>
        riders.Say(
            delivery.DeliveryId,
            new DeliverySlaMissed(delivery.DeliveryId, delivery.OrderId, broken.Deadline, broken.DueAt, now)
        );
}
