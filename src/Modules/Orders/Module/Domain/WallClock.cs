namespace Orders.Domain;

/// <summary>What the clocks of a place show, and when.</summary>
internal static class WallClock
{
    /// <summary>The zone of a name; null when this machine has no such zone.</summary>
    public static TimeZoneInfo? Of(string timeZone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : null;

    /// <summary>
    /// The instant at which clocks first show a time: the earlier one of a time that comes twice, when summer time
    /// ends, and the jump itself for a time that is left out, when it begins.
    /// </summary>
    public static DateTimeOffset FirstShows(DateTime wall, TimeZoneInfo zone)
    {
        wall = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
            return JumpBefore(new DateTimeOffset(wall, OffsetBeforeJump(wall, zone)), zone);
        var offset = zone.IsAmbiguousTime(wall)
            ? zone.GetAmbiguousTimeOffsets(wall).Max()
            : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    /// <summary>Clocks jump by three hours at most; a day before, the old offset counts.</summary>
    private static TimeSpan OffsetBeforeJump(DateTime wall, TimeZoneInfo zone) =>
        zone.GetUtcOffset(wall.AddDays(-1));

    /// <summary>The last full minute up to <paramref name="instant"/> at which the offset changed.</summary>
    private static DateTimeOffset JumpBefore(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var (before, after) = (instant.AddDays(-1).ToUniversalTime(), instant.ToUniversalTime());
        var old = zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromMinutes(1))
        {
            var middle = before + TimeSpan.FromTicks((after - before).Ticks / 2);
            if (zone.GetUtcOffset(middle) == old)
                before = middle;
            else
                after = middle;
        }
        return new DateTimeOffset(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
    }
}
