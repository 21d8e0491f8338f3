using System.Text.RegularExpressions;

namespace Orders.Domain;

/// <summary>One stretch of a weekly timetable, in the store's own time.</summary>
/// <param name="Day">The day it begins on.</param>
/// <param name="From">When it begins, included.</param>
/// <param name="To">When it ends, excluded. Not after <paramref name="From"/> means the next day.</param>
internal sealed record OpeningSpan(DayOfWeek Day, TimeOnly From, TimeOnly To)
{
    /// <summary>When it begins and ends in the week of a day that it begins on.</summary>
    internal (DateTimeOffset From, DateTimeOffset To) On(DateTime day, TimeZoneInfo zone) =>
        (
            WallClock.FirstShows(day + From.ToTimeSpan(), zone),
            WallClock.FirstShows(day.AddDays(To <= From ? 1 : 0) + To.ToTimeSpan(), zone)
        );
}

/// <summary>
/// When a store is open, week after week. It is told in wall-clock time, because that is what hangs on the
/// door: across a change to summer time the hours stay and the instants move. A store opens and closes when the clock
/// first shows the time on the door, so that an hour that comes twice neither opens nor closes it twice; a time that
/// the clock leaves out is the instant at which it jumps.
/// </summary>
internal sealed partial record OpeningHours(string TimeZone, IReadOnlyList<OpeningSpan> Week)
{
    /// <summary>More than any door has on it.</summary>
    public const int MostSpans = 50;

    public static OpeningHours AroundTheClock(string timeZone) =>
        EveryDay(timeZone, TimeOnly.MinValue, TimeOnly.MinValue);

    public static OpeningHours EveryDay(string timeZone, TimeOnly from, TimeOnly to) =>
        new(timeZone, [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningSpan(day, from, to))]);

    /// <summary>
    /// Whether it is a zone in the IANA's way of naming them, an area and a place. The folder of zones holds other
    /// files, such as <c>posixrules</c>, which is whatever a machine was set up with.
    /// </summary>
    public static bool Knows(string timeZone) =>
        (AreaAndPlace().IsMatch(timeZone) || timeZone == "UTC") && WallClock.Of(timeZone) is not null;

    /// <summary>When the store's calendar day at an instant began.</summary>
    public DateTimeOffset DayBeganAt(DateTimeOffset instant)
    {
        var zone = WallClock.Of(TimeZone) ?? TimeZoneInfo.Utc;
        return WallClock.FirstShows(TimeZoneInfo.ConvertTime(instant, zone).Date, zone);
    }

    /// <summary>
    /// Whether the store is open by its hours. One whose zone this machine does not know is closed: nobody can tell
    /// what its hours mean.
    /// </summary>
    public bool IncludeAt(DateTimeOffset instant)
    {
        if (WallClock.Of(TimeZone) is not { } zone)
            return false;
        var today = TimeZoneInfo.ConvertTime(instant, zone).Date;
        return CoversOn(today, instant, zone)
            || CoversOn(today.AddDays(-1), instant, zone)
            || CoversOn(today.AddDays(1), instant, zone);
    }

    /// <summary>When the store opens next; null for one that never does, and for one whose zone is not known.</summary>
    public DateTimeOffset? OpensAfter(DateTimeOffset instant)
    {
        if (WallClock.Of(TimeZone) is not { } zone)
            return null;
        var today = TimeZoneInfo.ConvertTime(instant, zone).Date;
        return SpansOf(today.AddDays(-1), days: 10, zone)
            .Where(span => span.From > instant && span.From < span.To)
            .Min(span => (DateTimeOffset?)span.From);
    }

    /// <summary>Every placing asks, and most are answered by the spans of the day itself.</summary>
    private bool CoversOn(DateTime day, DateTimeOffset instant, TimeZoneInfo zone)
    {
        foreach (var span in Week)
        {
            if (span.Day != day.DayOfWeek)
                continue;
            var (from, to) = span.On(day, zone);
            if (from <= instant && instant < to)
                return true;
        }
        return false;
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> SpansOf(
        DateTime firstDay,
        int days,
        TimeZoneInfo zone
    ) =>
        Enumerable
            .Range(0, days)
            .Select(day => firstDay.AddDays(day))
            .SelectMany(day =>
                Week.Where(span => span.Day == day.DayOfWeek).Select(span => span.On(day, zone))
            );

    [GeneratedRegex(
        "^(?!posix/|right/)[A-Za-z]{2,20}(/[A-Za-z0-9_+-]{1,40}){1,2}$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AreaAndPlace();
}
