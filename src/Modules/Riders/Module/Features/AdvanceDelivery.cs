using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Platform.Commands;
using Platform.Data;
using Platform.Domain;
using Platform.Modules;
using Riders.Contracts;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>Does whatever is due with a delivery: lets an offer lapse, takes an idle rider off, misses promises, searches.</summary>
internal sealed record AdvanceDelivery(Guid DeliveryId) : ICommand<Nothing>;

internal sealed class AdvanceDeliveryHandler(
    RidersDbContext riders,
    RiderLocations locations,
    Dispatcher dispatcher,
    DeliveryRules rules,
    TimeProvider clock
) : ICommandHandler<AdvanceDelivery, Nothing>
{
    public async Task<Result<Nothing>> Handle(AdvanceDelivery command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var delivery = await riders.Deliveries.SingleAsync(
            delivery => delivery.DeliveryId == command.DeliveryId,
            cancellationToken
        );
        if (await riders.HolderOfAsync(delivery, cancellationToken) is { } holder)
        {
            delivery.LetOfferLapse(holder, now);
            if (delivery.ReassignForLackOfProgress(holder, WaitsAtStore(holder, delivery), rules, now))
            {
                riders.Say(
                    delivery.DeliveryId,
                    new RiderUnassigned(
                        delivery.DeliveryId,
                        delivery.OrderId,
                        holder.RiderId,
                        "no_progress",
                        now
                    )
                );
            }
        }
        foreach (var broken in delivery.BreakPromises(now))
            riders.SayBroken(delivery, broken, now);
        await dispatcher.SearchAsync(delivery, cancellationToken);
        return Nothing.Done;
    }

    private bool WaitsAtStore(Rider rider, Delivery delivery) =>
        locations.FreshOf(rider.RiderId) is { } seen
        && seen.Location.MetresTo(delivery.PickUpPlace) <= rules.AtStoreMetres;
}

internal sealed record FindDueDeliveries(int Most) : IQuery<IReadOnlyList<Guid>>;

internal sealed class FindDueDeliveriesHandler(RidersDbContext riders, TimeProvider clock)
    : IQueryHandler<FindDueDeliveries, IReadOnlyList<Guid>>
{
    public async Task<Result<IReadOnlyList<Guid>>> Handle(
        FindDueDeliveries query,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        return await riders
            .Deliveries.Where(delivery => delivery.DueAt <= now)
            .OrderBy(delivery => delivery.DueAt)
            .Take(query.Most)
            .Select(delivery => delivery.DeliveryId)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>
/// Advances every due delivery, each in a unit of work of its own. One that throws does not hold up the others;
/// one whose race was lost to a person or another replica was advanced by them.
/// </summary>
internal sealed class AdvanceDeliveries(
    Sender sender,
    RidersOptions options,
    ILogger<AdvanceDeliveries> logger
) : ISweep
{
    private const int Most = 500;

    public TimeSpan Interval => options.SweepEvery;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var due = await sender.SendAsync(new FindDueDeliveries(Most), cancellationToken);
        foreach (var deliveryId in due.Value)
        {
            try
            {
                await sender.SendAsync(new AdvanceDelivery(deliveryId), cancellationToken);
            }
            catch (Exception failure)
                when (failure is not OperationCanceledException && !DatabaseFailure.IsUnreachable(failure))
            {
                logger.LogError(failure, "Delivery {DeliveryId} could not be advanced", deliveryId);
            }
        }
    }
}
