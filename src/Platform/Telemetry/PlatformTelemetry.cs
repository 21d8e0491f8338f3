using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Telemetry;

/// <summary>The platform's own traces and figures.</summary>
public static class PlatformTelemetry
{
    /// <summary>The name under which traces and metrics are published.</summary>
    public const string Name = "Monolith.Platform";

    internal static readonly ActivitySource Activities = new(Name);

    internal static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> CommandDuration = Meter.CreateHistogram<double>(
        "monolith.command.duration",
        "s",
        "How long commands and queries take, by module, request and outcome."
    );

    internal static readonly Counter<long> EventsHandled = Meter.CreateCounter<long>(
        "monolith.stream.handled",
        "{event}",
        "Events whose effects are committed, by module and stream."
    );

    internal static readonly Counter<long> EventsRetried = Meter.CreateCounter<long>(
        "monolith.stream.retried",
        "{event}",
        "Failed attempts at an event, by module and stream."
    );

    internal static readonly Counter<long> EventsParked = Meter.CreateCounter<long>(
        "monolith.stream.parked",
        "{event}",
        "Events parked as dead letters, by module and stream."
    );

    internal static readonly Histogram<double> EffectDelay = Meter.CreateHistogram<double>(
        "monolith.stream.delay",
        "s",
        "Time from an event being said to its effects being committed, by module and stream."
    );
}
