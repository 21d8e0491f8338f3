namespace Platform.Domain;

/// <summary>A place on Earth in WGS 84 degrees.</summary>
/// <param name="Latitude">−90 (south) to 90 (north).</param>
/// <param name="Longitude">−180 (west) to 180 (east).</param>
public sealed record GeoPoint(double Latitude, double Longitude)
{
    private const double EarthRadiusMetres = 6_371_000;

    /// <summary>Whether both coordinates are numbers within their ranges.</summary>
    public bool IsValid => Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;

    /// <summary>Great-circle distance to <paramref name="other"/> in metres (haversine, error under 0.5 %).</summary>
    public double MetresTo(GeoPoint other)
    {
        var latitudes = double.DegreesToRadians(other.Latitude - Latitude);
        var longitudes = double.DegreesToRadians(other.Longitude - Longitude);
        var half =
            Math.Pow(Math.Sin(latitudes / 2), 2)
            + Math.Cos(double.DegreesToRadians(Latitude))
                * Math.Cos(double.DegreesToRadians(other.Latitude))
                * Math.Pow(Math.Sin(longitudes / 2), 2);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }
}
