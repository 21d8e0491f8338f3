using System.Runtime.InteropServices;
using Platform.Domain;

namespace Riders.Domain;

/// <summary>A rider near a place.</summary>
internal readonly record struct Nearby(Guid RiderId, GeoPoint Location, double Metres);

/// <summary>The nearest riders, nearest first, and how many were looked at to find them.</summary>
internal sealed record NearestRiders(IReadOnlyList<Nearby> Riders, int Examined);

/// <summary>
/// Riders by square of a grid, so that the nearest few are found by walking rings of squares outwards and not by
/// looking at everybody. Squares are equal in degrees; the true width of one at the latitude in question decides
/// when a ring proves that nobody outside it is nearer. Not thread-safe.
/// </summary>
internal sealed class RiderGrid
{
    private const double MetresPerDegree = 111_000;
    private const double CellMetres = 250;

    /// <summary>A whole number of columns goes round the Earth, so that the last one is as wide as the first.</summary>
    private const int Columns = (int)(360 * MetresPerDegree / CellMetres);
    private const double CellDegrees = 360.0 / Columns;
    private readonly Dictionary<Guid, GeoPoint> _places = [];
    private readonly Dictionary<Cell, List<Guid>> _cells = [];

    public int Count => _places.Count;

    /// <summary>Puts a rider on the grid, or moves them.</summary>
    public void Place(Guid riderId, GeoPoint location)
    {
        var cell = CellOf(location);
        if (_places.TryGetValue(riderId, out var before))
        {
            _places[riderId] = location;
            if (CellOf(before) == cell)
                return;
            Leave(CellOf(before), riderId);
        }
        else
        {
            _places.Add(riderId, location);
        }
        (CollectionsMarshal.GetValueRefOrAddDefault(_cells, cell, out _) ??= []).Add(riderId);
    }

    public void Remove(Guid riderId)
    {
        if (_places.Remove(riderId, out var before))
            Leave(CellOf(before), riderId);
    }

    /// <summary>The <paramref name="count"/> nearest riders within a distance that <paramref name="accepts"/> lets through.</summary>
    public NearestRiders Nearest(GeoPoint from, int count, double withinMetres, Func<Guid, bool> accepts)
    {
        var found = new List<Nearby>();
        var examined = 0;
        var width = CellWidth(from, withinMetres);
        var rings = width > 0 ? Math.Ceiling(withinMetres / width) : double.PositiveInfinity;

        // With few riders, or near a pole, there are more squares to visit than riders.
        if (Math.Pow((2 * rings) + 1, 2) > Count)
        {
            foreach (var riderId in _places.Keys)
                Examine(riderId);
        }
        else
        {
            var centre = CellOf(from);
            for (var ring = 0; ring <= rings && !IsSettled(ring - 1); ring++)
            {
                foreach (var cell in Ring(centre, ring))
                {
                    if (!_cells.TryGetValue(cell, out var riders))
                        continue;
                    foreach (var riderId in riders)
                        Examine(riderId);
                }
            }
        }

        found.Sort(static (left, right) => left.Metres.CompareTo(right.Metres));
        return new NearestRiders(found.Count > count ? found[..count] : found, examined);

        void Examine(Guid riderId)
        {
            examined++;
            var location = _places[riderId];
            var metres = from.MetresTo(location);
            if (metres <= withinMetres && accepts(riderId))
                found.Add(new Nearby(riderId, location, metres));
        }

        bool IsSettled(int doneRing) =>
            found.Count >= count && found.Count(nearby => nearby.Metres <= doneRing * width) >= count;
    }

    /// <summary>The least width of any square within reach; squares narrow towards the poles.</summary>
    private static double CellWidth(GeoPoint from, double withinMetres)
    {
        var farthest = Math.Abs(from.Latitude) + (withinMetres / MetresPerDegree) + CellDegrees;
        return farthest >= 90 ? 0 : CellMetres * Math.Cos(double.DegreesToRadians(farthest)) * 0.99;
    }

    private static IEnumerable<(int Row, int Column)> RingOffsets(int ring)
    {
        if (ring == 0)
        {
            yield return (0, 0);
            yield break;
        }
        for (var step = -ring; step <= ring; step++)
        {
            yield return (-ring, step);
            yield return (ring, step);
        }
        for (var step = -ring + 1; step < ring; step++)
        {
            yield return (step, -ring);
            yield return (step, ring);
        }
    }

    private static IEnumerable<Cell> Ring(Cell centre, int ring) =>
        RingOffsets(ring).Select(offset => At(centre.Row + offset.Row, centre.Column + offset.Column));

    private static Cell CellOf(GeoPoint location) =>
        At(
            (int)Math.Floor(location.Latitude / CellDegrees),
            (int)Math.Floor(location.Longitude / CellDegrees)
        );

    /// <summary>Columns wrap at the date line.</summary>
    private static Cell At(int row, int column) => new(row, ((column % Columns) + Columns) % Columns);

    private void Leave(Cell cell, Guid riderId)
    {
        var riders = _cells[cell];
        riders.Remove(riderId);
        if (riders.Count == 0)
            _cells.Remove(cell);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Cell(int Row, int Column);
}
