using Microsoft.AspNetCore.Http;
using Platform.Domain;
using Platform.Pages;

namespace Riders.Pages;

/// <summary>Who says where a rider is.</summary>
internal enum LocationSource
{
    /// <summary>Their device.</summary>
    Device,

    /// <summary>Nobody: a ride along straight lines, for trying things out.</summary>
    Simulated,

    /// <summary>They themselves, with a form.</summary>
    Told,
}

/// <summary>A place that a rider can say they are at.</summary>
internal sealed record TellablePlace(string Name, double Latitude, double Longitude)
{
    /// <summary>Places to begin with: nothing here looks addresses up.</summary>
    public static readonly IReadOnlyList<TellablePlace> Known =
    [
        new("Seokchon Lake, Songpa-gu", 37.5112, 127.1050),
        new("Jamsil Station, Songpa-gu", 37.5133, 127.1001),
        new("Olympic Park, Songpa-gu", 37.5206, 127.1214),
        new("Songpa Station, Songpa-gu", 37.4997, 127.1122),
        new("Garak Market, Songpa-gu", 37.4925, 127.1183),
        new("Munjeong-dong, Songpa-gu", 37.4859, 127.1225),
    ];
}

/// <summary>What a rider wrote of their place that could not be read, and is given back.</summary>
internal sealed record PlaceDraft(string? Place, string? Latitude, string? Longitude)
{
    public static readonly Error Refusal = Error.Invalid(
        "place_unreadable",
        "Choose a place, or write both numbers in degrees."
    );
}

/// <summary>What a rider's browser remembers of how their location is told, and what its form says of it.</summary>
internal static class LocationForm
{
    private const string Cookie = "location-source";
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(90);

    /// <summary>What the rider chose just now or before.</summary>
    public static LocationSource SourceOf(HttpContext http, string? chosen, LocationSource otherwise)
    {
        if (Enum.TryParse<LocationSource>(chosen, ignoreCase: true, out var now) && Enum.IsDefined(now))
        {
            Keep(http, now);
            return now;
        }
        return
            Enum.TryParse<LocationSource>(http.Request.Cookies[Cookie], ignoreCase: true, out var kept)
            && Enum.IsDefined(kept)
            ? kept
            : otherwise;
    }

    public static void Keep(HttpContext http, LocationSource source) =>
        VisitorCookie.Keep(http, Cookie, source.ToString(), Lasting);

    /// <summary>Where the form says the rider is: by its numbers if there are any, else by the chosen place; null when it does not say.</summary>
    public static (double Latitude, double Longitude)? PlaceOf(PageForm form)
    {
        if (form["latitude"] is not null || form["longitude"] is not null)
            return Place(form["latitude"], form["longitude"]);
        var chosen = (form["place"] ?? "").Split(',');
        return chosen.Length == 2 ? Place(chosen[0], chosen[1]) : null;
    }

    private static (double, double)? Place(string? latitude, string? longitude) =>
        PageForm.Degrees(latitude, 90) is { } north && PageForm.Degrees(longitude, 180) is { } east
            ? (north, east)
            : null;
}
