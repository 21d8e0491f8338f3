using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Platform.Telemetry;

/// <summary>
/// Logs what meets everybody at once and again and again while it lasts: a disk that is full, a server that is away. It
/// is told in a line when it begins and then once in a while, however many meet it. Where they met it in the code says
/// nothing of the cause, so there is no trace; what somebody must mend here, and is logged as ever, are other errors.
/// </summary>
internal sealed class IncidentLog(TimeProvider clock, ILogger<IncidentLog> log)
{
    /// <summary>How often a lasting incident is told. One that nobody met for twice as long is over.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Incidents are few. Should a cause be worded differently each time, the oldest is forgotten.</summary>
    private const int Most = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Incident> _incidents = new(StringComparer.Ordinal);

    /// <summary>Says that somebody met an incident; how it is worded at its root tells it from others.</summary>
    /// <param name="who">Who met it.</param>
    /// <param name="failure">How it showed.</param>
    public void Tell(string? who, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var root = failure.GetBaseException();
        Tell(who, $"{root.GetType().Name}: {root.Message}");
    }

    /// <summary>Says that somebody met an incident.</summary>
    /// <param name="who">Who met it.</param>
    /// <param name="cause">What tells it from others.</param>
    public void Tell(string? who, string cause)
    {
        if (TimesSinceTold(cause) is not { } times)
            return;
        if (times == 0)
            log.LogError("{Who} met {Cause} (told once in {Interval} while it lasts)", who, cause, Interval);
        else
            log.LogError("{Cause} was met {Times} times more, last by {Who}", cause, times, who);
    }

    /// <summary>Null while it is too soon to tell it again, 0 where it is new.</summary>
    private int? TimesSinceTold(string cause)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (!_incidents.TryGetValue(cause, out var known) || now - known.LastMet > 2 * Interval)
            {
                if (_incidents.Count >= Most)
                    _incidents.Remove(_incidents.MinBy(one => one.Value.LastMet).Key);
                _incidents[cause] = new Incident(now, now, 0);
                return 0;
            }
            var times = known.Times + 1;
            var isDue = now - known.LastTold >= Interval;
            _incidents[cause] = isDue
                ? new Incident(now, now, 0)
                : known with
                {
                    LastMet = now,
                    Times = times,
                };
            return isDue ? times : null;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Incident(DateTimeOffset LastTold, DateTimeOffset LastMet, int Times);
}
