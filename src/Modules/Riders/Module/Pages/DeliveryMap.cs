using Riders.Features;

namespace Riders.Pages;

/// <summary>
/// A piece of the world drawn flat, north up, for a map without anybody's tiles: just wide enough for the store,
/// the door and the rider.
/// </summary>
internal sealed record DeliveryMap(double South, double West, double North, double East)
{
    public const double Width = 360;
    public const double Height = 240;
    private const double Margin = 0.28;
    private const double SmallestSpan = 0.004;

    /// <summary>How far apart the lines of streets are drawn, in degrees.</summary>
    private const double Street = 0.002;

    public static DeliveryMap Around(params PlaceView?[] places)
    {
        var known = places.OfType<PlaceView>().ToList();
        var (south, north) = (known.Min(place => place.Latitude), known.Max(place => place.Latitude));
        var (west, east) = (known.Min(place => place.Longitude), known.Max(place => place.Longitude));
        var squeeze = Math.Cos((south + north) / 2 * Math.PI / 180);
        var high = Math.Max(SmallestSpan, Math.Max(north - south, (east - west) * squeeze * Height / Width));
        high *= 1 + (2 * Margin);
        var wide = high / squeeze * Width / Height;
        var (latitude, longitude) = ((south + north) / 2, (west + east) / 2);
        return new(
            latitude - (high / 2),
            longitude - (wide / 2),
            latitude + (high / 2),
            longitude + (wide / 2)
        );
    }

    public double X(double longitude) => (longitude - West) / (East - West) * Width;

    public double Y(double latitude) => (North - latitude) / (North - South) * Height;

    /// <summary>Where the streets that run north and south cross the map.</summary>
    public IEnumerable<double> Across() => Lines(West, East).Select(X);

    /// <summary>Where the streets that run east and west cross the map.</summary>
    public IEnumerable<double> Down() => Lines(South, North).Select(Y);

    private static IEnumerable<double> Lines(double from, double to)
    {
        var step = Street * Math.Max(1, Math.Ceiling((to - from) / Street / 12));
        for (var line = Math.Ceiling(from / step) * step; line < to; line += step)
            yield return line;
    }
}
