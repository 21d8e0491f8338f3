using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Modules;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>Writes locations, one row per rider however often they moved.</summary>
internal sealed record SaveLocations(IReadOnlyList<Sighting> Sightings) : ICommand<Nothing>;

internal sealed class SaveLocationsHandler(RidersDbContext riders) : ICommandHandler<SaveLocations, Nothing>
{
    public async Task<Result<Nothing>> Handle(SaveLocations command, CancellationToken cancellationToken)
    {
        var ids = command.Sightings.Select(sighting => sighting.RiderId).ToList();
        var rows = await riders
            .Locations.Where(row => ids.Contains(row.RiderId))
            .ToDictionaryAsync(row => row.RiderId, cancellationToken);
        foreach (var sighting in command.Sightings)
        {
            if (!rows.TryGetValue(sighting.RiderId, out var row))
            {
                riders.Locations.Add(
                    new RiderLocation
                    {
                        RiderId = sighting.RiderId,
                        Latitude = sighting.Location.Latitude,
                        Longitude = sighting.Location.Longitude,
                        At = sighting.At,
                    }
                );
            }
            else if (row.At < sighting.At)
            {
                (row.Latitude, row.Longitude) = (sighting.Location.Latitude, sighting.Location.Longitude);
                row.At = sighting.At;
            }
        }
        return Nothing.Done;
    }
}

/// <summary>Reads locations that other replicas, or this one before a restart, wrote, and who is free.</summary>
internal sealed record LearnLocations(DateTimeOffset Since) : IQuery<Nothing>;

internal sealed class LearnLocationsHandler(
    RidersDbContext riders,
    RiderLocations locations,
    DeliveryRules rules
) : IQueryHandler<LearnLocations, Nothing>
{
    public async Task<Result<Nothing>> Handle(LearnLocations query, CancellationToken cancellationToken)
    {
        var rows = await riders
            .Locations.AsNoTracking()
            .Where(row => row.At >= query.Since)
            .ToListAsync(cancellationToken);
        locations.Learn(
            rows.Select(row => new Sighting(row.RiderId, new GeoPoint(row.Latitude, row.Longitude), row.At))
        );
        var onShift = await riders
            .Riders.AsNoTracking()
            .Where(rider => rider.OnShift)
            .ToListAsync(cancellationToken);
        foreach (var rider in onShift)
            locations.NoteWhetherFree(rider.RiderId, rider.MayBeOffered(rules.MaximumLoad));
        return Nothing.Done;
    }
}

/// <summary>Keeps memory and database in step, in batches: what came in is written, what others wrote is read.</summary>
internal sealed class KeepLocations(
    Sender sender,
    RiderLocations locations,
    RidersOptions options,
    DeliveryRules rules,
    TimeProvider clock
) : ISweep
{
    private const int BatchSize = 500;

    public TimeSpan Interval => options.SaveLocationsEvery;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        while (locations.TakeUnsaved(BatchSize) is { Count: > 0 } unsaved)
        {
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
            if (!saved)
                break;
        }
        var since = clock.GetUtcNow() - rules.LocationLifetime;
        await sender.SendAsync(new LearnLocations(since), cancellationToken);
        locations.ForgetStale();
    }
}
