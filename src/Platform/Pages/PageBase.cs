using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Platform.Domain;
using Platform.Http;

namespace Platform.Pages;

/// <summary>
/// What every page has at hand: its words in the visitor's language, money and times as they write them. A page is
/// public because Razor makes it so, and what it shows is internal to its module: hence one untyped model.
/// </summary>
public abstract class PageBase : ComponentBase
{
    private const string DefaultZone = "Asia/Seoul";

    /// <summary>What the page shows.</summary>
    [Parameter]
    public object? Model { get; set; }

    /// <summary>The request that is answered.</summary>
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    /// <summary>Who looks at the page; null for somebody who is not signed in.</summary>
    protected Caller? Visitor => Caller.From(Http.User);

    /// <summary>The model as what it is.</summary>
    protected T As<T>() => (T)Model!;

    /// <summary>A text in the visitor's language; English is the key.</summary>
    protected string T(string english, params object?[] values) =>
        Words.Of(GetType().Assembly).Say(english, values);

    /// <summary>Why something was refused, in the visitor's language.</summary>
    protected string T(Error error) => Words.Of(GetType().Assembly).Say(error);

    /// <summary>An amount as the visitor writes it.</summary>
    protected static string Say(Money money) => Written.Amount(money);

    /// <summary>A time of day in the visitor's zone.</summary>
    protected string Clock(DateTimeOffset instant) =>
        Local(instant).ToString("t", CultureInfo.CurrentCulture);

    /// <summary>A day and time in the visitor's zone.</summary>
    protected string DayAndClock(DateTimeOffset instant) =>
        Local(instant).ToString("M", CultureInfo.CurrentCulture) + " " + Clock(instant);

    /// <summary>
    /// A day and time in another place's zone, such as a store's, with the place's name where its clocks show another
    /// time than the visitor's.
    /// </summary>
    /// <param name="instant">When.</param>
    /// <param name="zone">The place's zone, by its IANA name.</param>
    protected string DayAndClock(DateTimeOffset instant, string zone)
    {
        var there = TimeZoneInfo.ConvertTime(instant, ZoneOf(zone));
        var text =
            there.ToString("M", CultureInfo.CurrentCulture)
            + " "
            + there.ToString("t", CultureInfo.CurrentCulture);
        return there.Offset == Local(instant).Offset ? text : T("{0} ({1} time)", text, PlaceOf(zone));
    }

    /// <summary>Whether clocks in a zone show another time at an instant than the visitor's.</summary>
    protected bool IsElsewhere(DateTimeOffset instant, string zone) =>
        TimeZoneInfo.ConvertTime(instant, ZoneOf(zone)).Offset != Local(instant).Offset;

    /// <summary>What people call a zone: <c>New York</c> for America/New_York.</summary>
    protected static string PlaceOf(string zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');
    }

    /// <summary>An instant for scripts and for the <c>datetime</c> attribute.</summary>
    protected static string Iso(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number for attributes, whatever the visitor's language.</summary>
    protected static string Plain(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A distance as people say it.</summary>
    protected static string Distance(double metres) =>
        metres < 1000
            ? string.Create(CultureInfo.CurrentCulture, $"{Math.Round(metres / 10) * 10:0} m")
            : string.Create(CultureInfo.CurrentCulture, $"{metres / 1000:0.0} km");

    private DateTimeOffset Local(DateTimeOffset instant)
    {
        var name = Uri.UnescapeDataString(Http.Request.Cookies["zone"] ?? DefaultZone);
        return TimeZoneInfo.ConvertTime(instant, ZoneOf(IsZoneName(name) ? name : DefaultZone));
    }

    /// <summary>A cookie is a visitor's word, and a zone's name is a file's.</summary>
    private static bool IsZoneName(string name) =>
        name.Length is > 0 and < 64
        && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '_' or '-' or '+');

    private static TimeZoneInfo ZoneOf(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
