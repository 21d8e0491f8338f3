using System.Globalization;
using Platform.Modules;
using Platform.Ops;
using Platform.Telemetry;

namespace Host.Pages;

/// <summary>Something an operator should look at.</summary>
/// <param name="Text">What is so, in English.</param>
/// <param name="Module">Whose words say it in other languages, when a module says it; else the host's.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Value">How it stands, and the bound that it is beyond; null where there is no measure.</param>
/// <param name="Since">When it was first seen so.</param>
internal sealed record OpsAlert(
    string Text,
    ModuleDefinition? Module,
    string Subject,
    string? Value,
    DateTimeOffset Since
);

/// <summary>Tells what is out of bounds, and remembers since when. Bounds of the business are the modules' own.</summary>
internal sealed class OpsAlerts(ModuleCatalog modules, Gauges gauges, TimeProvider clock)
{
    private const long MostBehind = 200;
    private const double OldestSeconds = 30;
    private const double SlowestMilliseconds = 500;
    private const double MostFailing = 0.02;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Text, string Subject), DateTimeOffset> _since = [];

    /// <summary>What is out of bounds now. What stays so keeps its since-when, whatever its measure does.</summary>
    public IReadOnlyList<OpsAlert> Judge(IReadOnlyList<(ModuleView Module, ModulePace Pace)> views)
    {
        var now = clock.GetUtcNow();
        var found = views.SelectMany(view => Judge(view.Module, view.Pace)).Concat(JudgeBusiness()).ToList();
        lock (_lock)
        {
            foreach (var over in _since.Keys.Except(found.Select(Key)).ToList())
                _since.Remove(over);
            foreach (var alert in found)
                _since.TryAdd(Key(alert), now);
            return [.. found.Select(alert => alert with { Since = _since[Key(alert)] })];
        }
    }

    private static (string, string) Key(OpsAlert alert) => (alert.Text, alert.Subject);

    private static IEnumerable<OpsAlert> Judge(ModuleView module, ModulePace pace)
    {
        if (module.State != ModuleState.Running)
            yield return Of("is not running", module.Name);
        if (pace.Milliseconds > SlowestMilliseconds)
            yield return Of(
                "answers slowly",
                module.Name,
                Measure(pace.Milliseconds, SlowestMilliseconds, " ms")
            );
        if (pace.FailuresPerSecond > MostFailing * pace.RequestsPerSecond)
            yield return Of(
                "fails requests",
                module.Name,
                Measure(100 * pace.FailuresPerSecond / pace.RequestsPerSecond, 100 * MostFailing, " %")
            );
        foreach (var following in module.Subscriptions)
        {
            var subject = $"{module.Name} ← {following.Stream}";
            if (following.OldestUnhandledSeconds > OldestSeconds)
                yield return Of(
                    "is behind",
                    subject,
                    Measure(following.OldestUnhandledSeconds.Value, OldestSeconds, " s")
                );
            else if (following.Lag > MostBehind)
                yield return Of("is behind", subject, Measure(following.Lag.Value, MostBehind, ""));
            if (following.DeadLetters > 0)
                yield return Of("has dead letters", subject, Measure(following.DeadLetters.Value, 0, ""));
        }
        if (module.Relay is { Lag: > MostBehind and var lag })
            yield return Of("is behind", $"{module.Name} →", Measure(lag, MostBehind, ""));
    }

    private IEnumerable<OpsAlert> JudgeBusiness()
    {
        foreach (var reading in gauges.Latest)
        {
            if (reading.Bounds is not { } bounds || !bounds.AreBrokenBy(reading.Value))
                continue;
            var module = modules.Find((string)reading.Tags[0].Value!)!;
            var state = reading.Tags.Length > 1 ? $" · {reading.Tags[1].Value}" : "";
            var unit = reading.Unit == "s" ? " s" : "";
            yield return new OpsAlert(
                bounds.Broken,
                module,
                module.Name + state,
                Measure(reading.Value, bounds.BrokenBy(reading.Value), unit),
                default
            );
        }
    }

    private static OpsAlert Of(string text, string subject, string? value = null) =>
        new(text, Module: null, subject, value, default);

    private static string Measure(double value, double bound, string unit) =>
        string.Create(CultureInfo.CurrentCulture, $"{value:0.##}{unit} ({bound:0.##}{unit})");
}
