using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Platform.Modules;
using Platform.Ops;
using Platform.Telemetry;

namespace Host.Pages;

/// <summary>How a module did lately: commands and queries in each bucket of time, oldest first.</summary>
internal sealed record ModulePace(IReadOnlyList<int> Counts, double PerSecond, double Milliseconds);

/// <summary>Something an operator should look at, and since when it is so.</summary>
internal sealed record OpsAlert(string Text, string Subject, DateTimeOffset Since);

/// <summary>
/// The control room's memory: rates and durations of the last minutes and what is out of bounds, kept by this process
/// from the same instruments as <c>/metrics</c>. It begins when an operator first looks, so a start costs nothing.
/// </summary>
internal sealed class OpsFigures : IDisposable
{
    private const int Buckets = 60;
    private const long MostBehind = 200;
    private const double OldestSeconds = 30;
    private const double SlowestMilliseconds = 500;
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tally[]> _tallies = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), DateTimeOffset> _since = [];
    private readonly MeterListener _listener = new();

    public OpsFigures(TimeProvider clock)
    {
        _clock = clock;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (
                instrument.Meter.Name == PlatformTelemetry.Name
                && instrument.Name == "monolith.command.duration"
            )
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>(Count);
        _listener.Start();
    }

    public ModulePace Of(string module)
    {
        var now = Now();
        lock (_lock)
        {
            var tallies = _tallies.GetValueOrDefault(module) ?? [];
            Tally At(long bucket) => tallies.FirstOrDefault(tally => tally.Bucket == bucket);
            var recent = Enumerable.Range(0, (int)(Recent / Bucket)).Select(back => At(now - back)).ToList();
            var count = recent.Sum(tally => tally.Count);
            return new ModulePace(
                [.. Enumerable.Range(0, Buckets).Select(index => At(now - Buckets + 1 + index).Count)],
                count / Recent.TotalSeconds,
                count == 0 ? 0 : recent.Sum(tally => tally.Seconds) / count * 1000
            );
        }
    }

    /// <summary>What is out of bounds now. One that stays keeps its since-when.</summary>
    public IReadOnlyList<OpsAlert> Judge(IReadOnlyList<ModuleView> modules)
    {
        var found = modules.SelectMany(Judge).ToList();
        lock (_lock)
        {
            foreach (var over in _since.Keys.Except(found).ToList())
                _since.Remove(over);
            return
            [
                .. found.Select(alert =>
                {
                    _since.TryAdd(alert, _clock.GetUtcNow());
                    return new OpsAlert(alert.Text, alert.Subject, _since[alert]);
                }),
            ];
        }
    }

    public void Dispose() => _listener.Dispose();

    private IEnumerable<(string Text, string Subject)> Judge(ModuleView module)
    {
        if (module.State != ModuleState.Running)
            yield return ("is not running", module.Name);
        if (Of(module.Name).Milliseconds > SlowestMilliseconds)
            yield return ("answers slowly", module.Name);
        foreach (var following in module.Subscriptions)
        {
            var subject = $"{module.Name} ← {following.Stream}";
            if (following.Lag > MostBehind || following.OldestUnhandledSeconds > OldestSeconds)
                yield return ("is behind", subject);
            if (following.DeadLetters > 0)
                yield return ("has dead letters", subject);
        }
    }

    private void Count(
        Instrument instrument,
        double seconds,
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        object? state
    )
    {
        if (tags[0].Value is not string module)
            return;
        var bucket = Now();
        lock (_lock)
        {
            if (!_tallies.TryGetValue(module, out var tallies))
                _tallies[module] = tallies = new Tally[Buckets];
            ref var tally = ref tallies[bucket % Buckets];
            if (tally.Bucket != bucket)
                tally = new Tally { Bucket = bucket };
            tally.Count++;
            tally.Seconds += seconds;
        }
    }

    private long Now() => _clock.GetUtcNow().Ticks / Bucket.Ticks;

    [StructLayout(LayoutKind.Auto)]
    private struct Tally
    {
        public long Bucket;
        public int Count;
        public double Seconds;
    }
}
