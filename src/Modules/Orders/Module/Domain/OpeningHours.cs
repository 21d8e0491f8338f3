namespace Orders.Domain;

/// <summary>One stretch of a weekly timetable, in the store's own time.</summary>
/// <param name="Day">The day it begins on.</param>
/// <param name="From">When it begins, included.</param>
/// <param name="To">When it ends, excluded. Not after <paramref name="From"/> means the next day.</param>
internal sealed record OpeningSpan(DayOfWeek Day, TimeOnly From, TimeOnly To)
{
    private bool EndsTheNextDay => To <= From;

    public bool Covers(DayOfWeek day, TimeOnly time) =>
        EndsTheNextDay
            ? (day == Day && time >= From) || (day == Following(Day) && time < To)
            : day == Day && time >= From && time < To;

    private static DayOfWeek Following(DayOfWeek day) => (DayOfWeek)(((int)day + 1) % 7);
}

/// <summary>
/// When a store is open, week after week. It is told in wall-clock time, because that is what hangs on the
/// door: across a change to summer time the hours stay and the instants move.
/// </summary>
internal sealed record OpeningHours(string TimeZone, IReadOnlyList<OpeningSpan> Week)
{
    /// <summary>More than any door has on it.</summary>
    public const int MostSpans = 50;

    public static OpeningHours AroundTheClock(string timeZone) =>
        EveryDay(timeZone, TimeOnly.MinValue, TimeOnly.MinValue);

    public static OpeningHours EveryDay(string timeZone, TimeOnly from, TimeOnly to) =>
        new(timeZone, [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningSpan(day, from, to))]);

    public static bool Knows(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _);

    /// <summary>When the store's calendar day at an instant began.</summary>
    public DateTimeOffset DayBeganAt(DateTimeOffset instant)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var day = TimeZoneInfo.ConvertTime(instant, zone).Date;
        return new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUniversalTime();
    }

    public bool IncludeAt(DateTimeOffset instant)
    {
        var wall = TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
        var time = TimeOnly.FromTimeSpan(wall.TimeOfDay);
        return Week.Any(span => span.Covers(wall.DayOfWeek, time));
    }

    /// <summary>When the store opens next; null for one that never does.</summary>
    public DateTimeOffset? OpensAfter(DateTimeOffset instant)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var today = TimeZoneInfo.ConvertTime(instant, zone).Date;
        return Enumerable
            .Range(0, 8)
            .Select(days => today.AddDays(days))
            .SelectMany(day =>
                Week.Where(span => span.Day == day.DayOfWeek).Select(span => day + span.From.ToTimeSpan())
            )
            .Select(wall =>
                (DateTimeOffset?)new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime()
            )
            .Where(opening => opening > instant)
            .Min();
    }
}
