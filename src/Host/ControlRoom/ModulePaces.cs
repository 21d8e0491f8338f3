using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Platform.Telemetry;

namespace Host.ControlRoom;

/// <summary>How a module did lately. Charts have a point for each bucket of time, oldest first.</summary>
/// <param name="Module">Which.</param>
/// <param name="Requests">Requests in each bucket.</param>
/// <param name="Commands">Commands to its database in each bucket.</param>
/// <param name="Waits">Mean time of an answer in each bucket, in milliseconds; 0 where none was asked for.</param>
/// <param name="RequestsPerSecond">Over the last half minute.</param>
/// <param name="FailuresPerSecond">Of those, what was answered with 5xx.</param>
/// <param name="CommandsPerSecond">Over the last half minute.</param>
/// <param name="Milliseconds">Mean time of an answer; 0 when none was asked for.</param>
internal sealed record ModulePace(
    string Module,
    IReadOnlyList<double> Requests,
    IReadOnlyList<double> Commands,
    IReadOnlyList<double> Waits,
    double RequestsPerSecond,
    double FailuresPerSecond,
    double CommandsPerSecond,
    double Milliseconds
);

/// <summary>
/// The control room's memory of the last minutes, kept by this process from the same instruments as
/// <c>/metrics</c>. It begins when an operator first looks, so a start costs nothing.
/// </summary>
internal sealed class ModulePaces : IDisposable
{
    private const int Buckets = 60;
    private const int RecentBuckets = 6;

    /// <summary>Charts have a new point this often.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromSeconds(5);

    private static readonly double RecentSeconds = RecentBuckets * Bucket.TotalSeconds;

    /// <summary>What the control room itself asks of databases is not what it wants to know.</summary>
    private static readonly AsyncLocal<bool> Aside = new();

    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tally[]> _tallies = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public ModulePaces(TimeProvider clock)
    {
        _clock = clock;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.request.duration")
                listener.EnableMeasurementEvents(instrument, Kind.Request);
            else if (instrument == PlatformTelemetry.DatabaseCommandDuration)
                listener.EnableMeasurementEvents(instrument, Kind.Command);
        };
        _listener.SetMeasurementEventCallback<double>(Count);
        _listener.Start();
    }

    private enum Kind
    {
        Request,
        Command,
    }

    /// <summary>Has nothing counted that the current flow does from here on.</summary>
    public static void LeaveOut() => Aside.Value = true;

    public ModulePace Of(string module)
    {
        var now = Now();
        lock (_lock)
        {
            var tallies = _tallies.GetValueOrDefault(module) ?? [];
            Tally At(long bucket) => tallies.FirstOrDefault(tally => tally.Bucket == bucket);
            var all = Enumerable.Range(0, Buckets).Select(index => At(now - Buckets + 1 + index)).ToList();
            var recent = all[^RecentBuckets..];
            var requests = recent.Sum(tally => tally.Requests);
            return new ModulePace(
                module,
                [.. all.Select(tally => (double)tally.Requests)],
                [.. all.Select(tally => (double)tally.Commands)],
                [.. all.Select(tally => MillisecondsOf(tally.Seconds, tally.Requests))],
                requests / RecentSeconds,
                recent.Sum(tally => tally.Failures) / RecentSeconds,
                recent.Sum(tally => tally.Commands) / RecentSeconds,
                MillisecondsOf(recent.Sum(tally => tally.Seconds), requests)
            );
        }
    }

    public void Dispose() => _listener.Dispose();

    private static double MillisecondsOf(double seconds, int requests) =>
        requests == 0 ? 0 : seconds / requests * 1000;

    private void Count(
        Instrument instrument,
        double seconds,
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        object? state
    )
    {
        if (Aside.Value || Find(tags, "module") is not string module)
            return;
        var bucket = Now();
        lock (_lock)
        {
            if (!_tallies.TryGetValue(module, out var tallies))
                _tallies[module] = tallies = new Tally[Buckets];
            ref var tally = ref tallies[bucket % Buckets];
            if (tally.Bucket != bucket)
                tally = new Tally { Bucket = bucket };
            if (state is Kind.Command)
            {
                tally.Commands++;
                return;
            }
            tally.Requests++;
            tally.Seconds += seconds;
            if (Find(tags, "http.response.status_code") is >= StatusCodes.Status500InternalServerError)
                tally.Failures++;
        }
    }

    private static object? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (tag, value) in tags)
        {
            if (tag == name)
                return value;
        }
        return null;
    }

    private long Now() => _clock.GetUtcNow().Ticks / Bucket.Ticks;

    [StructLayout(LayoutKind.Auto)]
    private struct Tally
    {
        public long Bucket;
        public int Requests;
        public int Failures;
        public int Commands;
        public double Seconds;
    }
}
