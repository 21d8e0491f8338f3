using Platform.Domain;
using Riders.Domain;

namespace Riders.Data;

/// <summary>Where a rider was, and when.</summary>
internal sealed record Sighting(Guid RiderId, GeoPoint Location, DateTimeOffset At);

/// <summary>
/// Where every rider is, in memory: thousands of locations a second come in and none of them writes a row. Those
/// who may be free are on a grid, for dispatch to find the nearest. Whether a rider is free is a hint here; their
/// row decides, and dispatch corrects the hint by what it reads there.
/// </summary>
internal sealed class RiderLocations(DeliveryRules rules, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Sighting> _last = [];
    private readonly HashSet<Guid> _unsaved = [];
    private readonly HashSet<Guid> _notFree = [];
    private readonly RiderGrid _free = new();
    private readonly Dictionary<Guid, List<Action>> _watchers = [];

    /// <summary>Takes a rider's location in; it is written with the next batch.</summary>
    public void Report(Sighting sighting)
    {
        lock (_lock)
        {
            if (Take(sighting))
                _unsaved.Add(sighting.RiderId);
        }
    }

    /// <summary>Takes in what was read from the database, where it is newer.</summary>
    public void Learn(IEnumerable<Sighting> sightings)
    {
        lock (_lock)
        {
            foreach (var sighting in sightings)
                Take(sighting);
        }
    }

    public void NoteWhetherFree(Guid riderId, bool free)
    {
        lock (_lock)
        {
            if (free ? !_notFree.Remove(riderId) : !_notFree.Add(riderId))
                return;
            if (!free)
                _free.Remove(riderId);
            else if (_last.TryGetValue(riderId, out var sighting) && IsFresh(sighting))
                _free.Place(riderId, sighting.Location);
        }
    }

    public bool HasUnsaved
    {
        get
        {
            lock (_lock)
                return _unsaved.Count > 0;
        }
    }

    /// <summary>The riders whom somebody watches move.</summary>
    public IReadOnlyList<Guid> Watched
    {
        get
        {
            lock (_lock)
                return [.. _watchers.Keys];
        }
    }

    /// <summary>Has <paramref name="wake"/> called whenever the rider was seen anew, until disposed.</summary>
    public IDisposable Watch(Guid riderId, Action wake)
    {
        lock (_lock)
        {
            if (!_watchers.TryGetValue(riderId, out var watchers))
                _watchers[riderId] = watchers = [];
            watchers.Add(wake);
        }
        return new Watching(() => StopWatching(riderId, wake));
    }

    public Sighting? LastOf(Guid riderId)
    {
        lock (_lock)
            return _last.GetValueOrDefault(riderId);
    }

    /// <summary>The rider's location if it is recent enough to act on.</summary>
    public Sighting? FreshOf(Guid riderId) => LastOf(riderId) is { } last && IsFresh(last) ? last : null;

    /// <summary>The nearest riders who may be free and were seen lately.</summary>
    public NearestRiders Nearest(GeoPoint place, int count, double withinMetres, Func<Guid, bool> accepts)
    {
        lock (_lock)
        {
            return _free.Nearest(
                place,
                count,
                withinMetres,
                riderId => IsFresh(_last[riderId]) && accepts(riderId)
            );
        }
    }

    /// <summary>Hands over locations that are not in the database yet; put back what could not be written.</summary>
    public IReadOnlyList<Sighting> TakeUnsaved(int most)
    {
        lock (_lock)
        {
            var taken = _unsaved.Take(most).Select(riderId => _last[riderId]).ToList();
            foreach (var sighting in taken)
                _unsaved.Remove(sighting.RiderId);
            return taken;
        }
    }

    /// <summary>As <see cref="TakeUnsaved(int)"/>, of these riders only.</summary>
    public IReadOnlyList<Sighting> TakeUnsaved(IEnumerable<Guid> riderIds)
    {
        lock (_lock)
            return [.. riderIds.Where(_unsaved.Remove).Select(riderId => _last[riderId])];
    }

    public void PutBack(IEnumerable<Sighting> unsaved)
    {
        lock (_lock)
            _unsaved.UnionWith(unsaved.Select(sighting => sighting.RiderId));
    }

    /// <summary>Clears the grid of riders not seen lately; their next location puts them back.</summary>
    public void ForgetStale()
    {
        lock (_lock)
        {
            foreach (var stale in _last.Values.Where(sighting => !IsFresh(sighting)))
                _free.Remove(stale.RiderId);
        }
    }

    private bool Take(Sighting sighting)
    {
        if (_last.TryGetValue(sighting.RiderId, out var known) && known.At >= sighting.At)
            return false;
        _last[sighting.RiderId] = sighting;
        if (!_notFree.Contains(sighting.RiderId))
            _free.Place(sighting.RiderId, sighting.Location);
        foreach (var wake in _watchers.GetValueOrDefault(sighting.RiderId, []))
            wake();
        return true;
    }

    private void StopWatching(Guid riderId, Action wake)
    {
        lock (_lock)
        {
            if (
                _watchers.TryGetValue(riderId, out var watchers)
                && watchers.Remove(wake)
                && watchers.Count == 0
            )
                _watchers.Remove(riderId);
        }
    }

    private bool IsFresh(Sighting sighting) => clock.GetUtcNow() - sighting.At <= rules.LocationLifetime;

    private sealed class Watching(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
