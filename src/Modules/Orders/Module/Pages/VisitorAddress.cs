using Microsoft.AspNetCore.Http;
using Orders.Features;
using Platform.Pages;

namespace Orders.Pages;

/// <summary>
/// Where a visitor wants their food, kept with them in a cookie: pages keep nothing, and nobody need sign in to
/// look around.
/// </summary>
internal sealed record VisitorAddress(string Line, double Latitude, double Longitude)
{
    private const string Cookie = "address";
    private const int LongestLine = 200;
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(90);

    /// <summary>Places to choose from: nothing here looks addresses up.</summary>
    public static readonly IReadOnlyList<VisitorAddress> Known =
    [
        new("Seokchon Lake, Songpa-gu", 37.5112, 127.1050),
        new("Jamsil Station, Songpa-gu", 37.5133, 127.1001),
        new("Olympic Park, Songpa-gu", 37.5206, 127.1214),
        new("Songpa Station, Songpa-gu", 37.4997, 127.1122),
        new("Garak Market, Songpa-gu", 37.4925, 127.1183),
        new("Munjeong-dong, Songpa-gu", 37.4859, 127.1225),
    ];

    /// <summary>Building and door, as the visitor wrote them before a known place.</summary>
    public string? Detail =>
        Known.FirstOrDefault(place => Line.EndsWith(", " + place.Line, StringComparison.Ordinal)) is { } place
            ? Line[..^(place.Line.Length + 2)]
            : null;

    public BasketAddress ToBasket() => new(Line, Latitude, Longitude);

    /// <summary>The visitor's; the first known place for one who has not said.</summary>
    public static VisitorAddress Of(HttpContext http)
    {
        var parts = Uri.UnescapeDataString(http.Request.Cookies[Cookie] ?? "").Split('|', 3);
        return
            parts.Length == 3
            && PageForm.Degrees(parts[0], 90) is { } latitude
            && PageForm.Degrees(parts[1], 180) is { } longitude
            ? new VisitorAddress(parts[2], latitude, longitude)
            : Known[0];
    }

    /// <summary>What a visitor chose or was located at; null when the form holds no place.</summary>
    public static VisitorAddress? From(PageForm form)
    {
        var detail = form["line"];
        var known = Known.FirstOrDefault(place => place.Line == form["place"]);
        var (latitude, longitude) = (
            PageForm.Degrees(form["latitude"], 90),
            PageForm.Degrees(form["longitude"], 180)
        );
        var line = string.Join(
            ", ",
            new[] { detail, latitude is null ? known?.Line : null }.OfType<string>()
        );
        line = line.Length > LongestLine ? line[..LongestLine] : line;
        if (latitude is not null && longitude is not null)
            return new VisitorAddress(line.Length > 0 ? line : "—", latitude.Value, longitude.Value);
        return known is null ? null : known with { Line = line };
    }

    public void Keep(HttpContext http) =>
        VisitorCookie.Keep(
            http,
            Cookie,
            Uri.EscapeDataString(
                FormattableString.Invariant($"{Latitude:0.######}|{Longitude:0.######}|{Line}")
            ),
            Lasting
        );
}
