using System.Globalization;
using Host.Settings;
using Platform.Modules;
using Platform.Ops;

namespace Host.ControlRoom;

/// <summary>Something an operator should look at.</summary>
/// <param name="Module">Whose it is.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">What is so, in English.</param>
/// <param name="IsBusiness">Whether the module's own words say it in other languages; else the host's.</param>
/// <param name="Value">How it stands, and the bound that it is beyond; null where there is no measure.</param>
/// <param name="Since">When it was first seen so.</param>
internal sealed record Alert(
    string Module,
    string Subject,
    string Text,
    bool IsBusiness,
    string? Value,
    DateTimeOffset Since
);

/// <summary>Tells what is out of bounds, and remembers since when. Bounds of the business are the modules' own.</summary>
internal sealed class Alerts(AlertSettings bounds, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Module, string Subject, string Text), DateTimeOffset> _since = [];

    /// <summary>What is out of bounds now. What stays so keeps its since-when, whatever its measure does.</summary>
    public IReadOnlyList<Alert> Judge(
        IReadOnlyList<(ModuleView Module, ModulePace Pace)> views,
        IReadOnlyList<FigureView> figures
    )
    {
        var now = clock.GetUtcNow();
        var seen = views.Select(view => view.Module.Name).ToHashSet(StringComparer.Ordinal);
        var found = views.SelectMany(view => Judge(view.Module, view.Pace)).Concat(Judge(figures)).ToList();
        lock (_lock)
        {
            foreach (var over in _since.Keys.Except(found.Select(Key)).ToList())
            {
                if (seen.Contains(over.Module))
                    _since.Remove(over);
            }
            foreach (var alert in found)
                _since.TryAdd(Key(alert), now);
            return [.. found.Select(alert => alert with { Since = _since[Key(alert)] })];
        }
    }

    private static (string Module, string Subject, string Text) Key(Alert alert) =>
        (alert.Module, alert.Subject, alert.Text);

    private IEnumerable<Alert> Judge(ModuleView module, ModulePace pace)
    {
        if (module.State != ModuleState.Running)
            yield return Of("is not running", module.Name);
        if (pace.Milliseconds > bounds.AnswerWithin.TotalMilliseconds)
            yield return Of(
                "answers slowly",
                module.Name,
                Measure(pace.Milliseconds, bounds.AnswerWithin.TotalMilliseconds, " ms")
            );
        if (100 * pace.FailuresPerSecond > bounds.FailedPercent * pace.RequestsPerSecond)
            yield return Of(
                "fails requests",
                module.Name,
                Measure(100 * pace.FailuresPerSecond / pace.RequestsPerSecond, bounds.FailedPercent, " %")
            );
        foreach (var following in module.Subscriptions)
        {
            var subject = $"← {following.Stream}";
            if (following.OldestUnhandledSeconds > bounds.HandledWithin.TotalSeconds)
                yield return Of(
                    "is behind",
                    module.Name,
                    Measure(following.OldestUnhandledSeconds.Value, bounds.HandledWithin.TotalSeconds, " s"),
                    subject
                );
            else if (following.Lag > bounds.Lag)
                yield return Of(
                    "is behind",
                    module.Name,
                    Measure(following.Lag.Value, bounds.Lag, ""),
                    subject
                );
            if (following.DeadLetters > 0)
                yield return Of(
                    "has dead letters",
                    module.Name,
                    Measure(following.DeadLetters.Value, 0, ""),
                    subject
                );
        }
        if (module.Relay is { Lag: { } lag } && lag > bounds.Lag)
            yield return Of("is behind", module.Name, Measure(lag, bounds.Lag, ""), "→");
    }

    private static IEnumerable<Alert> Judge(IReadOnlyList<FigureView> figures)
    {
        foreach (var figure in figures)
        {
            if (figure is not { Broken: { } text } || figure.BrokenBound() is not { } bound)
                continue;
            yield return new Alert(
                figure.Module,
                figure.State is { } state ? $"· {state}" : "",
                text,
                IsBusiness: true,
                Measure(figure.Value, bound, figure.Unit == "s" ? " s" : ""),
                default
            );
        }
    }

    private static Alert Of(string text, string module, string? value = null, string subject = "") =>
        new(module, subject, text, IsBusiness: false, value, default);

    private static string Measure(double value, double bound, string unit) =>
        string.Create(CultureInfo.CurrentCulture, $"{value:0.##}{unit} ({bound:0.##}{unit})");
}
