using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Modules;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>Who carries food right now.</summary>
internal sealed record ListCarrying : IQuery<IReadOnlyList<Guid>>;

internal sealed class ListCarryingHandler(RidersDbContext riders)
    : IQueryHandler<ListCarrying, IReadOnlyList<Guid>>
{
    public async Task<Result<IReadOnlyList<Guid>>> Handle(
        ListCarrying query,
        CancellationToken cancellationToken
    ) =>
        await riders
            .Deliveries.Where(delivery => delivery.Status == DeliveryStatus.PickedUp)
            .Select(delivery => delivery.RiderId!.Value)
            .Distinct()
            .ToListAsync(cancellationToken);
}

/// <summary>Reads where these riders were last seen by any replica.</summary>
internal sealed record LearnLocationsOf(IReadOnlyList<Guid> RiderIds) : IQuery<Nothing>;

internal sealed class LearnLocationsOfHandler(RidersDbContext riders, RiderLocations locations)
    : IQueryHandler<LearnLocationsOf, Nothing>
{
    public async Task<Result<Nothing>> Handle(LearnLocationsOf query, CancellationToken cancellationToken)
    {
        var rows = await riders
            .Locations.AsNoTracking()
            .Where(row => query.RiderIds.Contains(row.RiderId))
            .ToListAsync(cancellationToken);
        locations.Learn(
            rows.Select(row => new Sighting(row.RiderId, new GeoPoint(row.Latitude, row.Longitude), row.At))
        );
        return Nothing.Done;
    }
}

/// <summary>
/// Lets customers on one replica watch a rider who reports to another. Of all riders only those who carry food
/// are written this often, and only those whom somebody watches are read.
/// </summary>
internal sealed class ShareLocations(Sender sender, RiderLocations locations, RidersOptions options) : ISweep
{
    public TimeSpan Interval => options.ShareLocationsEvery;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (locations.HasUnsaved)
            await SaveAsync(cancellationToken);
        if (locations.Watched is { Count: > 0 } watched)
            await sender.SendAsync(new LearnLocationsOf(watched), cancellationToken);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var carrying = await sender.SendAsync(new ListCarrying(), cancellationToken);
        var unsaved = locations.TakeUnsaved(carrying.Value);
        if (unsaved.Count == 0)
            return;
        var saved = false;
        try
        {
            saved = (await sender.SendAsync(new SaveLocations(unsaved), cancellationToken)).IsDone;
        }
        finally
        {
            if (!saved)
                locations.PutBack(unsaved);
        }
    }
}
