namespace Host.ControlRoom;

/// <summary>
/// The control room's memory of figures that are read and not counted, a point for each step of time. It begins when
/// an operator first looks.
/// </summary>
internal sealed class FigureTrends(TimeProvider clock)
{
    private const int Points = Platform.Pages.Chart.Width + 1;

    /// <summary>Lines of what may change at any moment: five minutes, as those of <see cref="ModulePaces"/>.</summary>
    public static readonly TimeSpan Quick = ModulePaces.Bucket;

    /// <summary>Lines of the business: an hour.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Step, double Value)[]> _taken = new(StringComparer.Ordinal);

    /// <summary>Notes how a figure stands; the last note of a step is its point.</summary>
    public void Take(string line, TimeSpan step, double value)
    {
        var now = At(step);
        lock (_lock)
        {
            if (!_taken.TryGetValue(line, out var points))
                _taken[line] = points = new (long, double)[Points];
            points[now % Points] = (now, value);
        }
    }

    /// <summary>The points of a line, oldest first; null where nobody took note.</summary>
    public IReadOnlyList<double?> Of(string line, TimeSpan step)
    {
        var now = At(step);
        lock (_lock)
        {
            return _taken.TryGetValue(line, out var points)
                ? [.. Enumerable.Range(0, Points).Select(index => PointOf(points, now - Points + 1 + index))]
                : [];
        }
    }

    private static double? PointOf((long Step, double Value)[] points, long step) =>
        points[step % Points] is var point && point.Step == step ? point.Value : null;

    private long At(TimeSpan step) => clock.GetUtcNow().Ticks / step.Ticks;
}
