using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Telemetry;

/// <summary>The platform's own traces and figures.</summary>
public static class PlatformTelemetry
{
    /// <summary>The name under which traces and metrics are published.</summary>
    public const string Name = "Monolith.Platform";

    /// <summary>In seconds. The default bounds are for milliseconds: everything here would fall into the first.</summary>
    private static readonly InstrumentAdvice<double> InSeconds = new()
    {
        HistogramBucketBoundaries =
        [
            0.001,
            0.0025,
            0.005,
            0.01,
            0.02,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            60,
        ],
    };

    internal static readonly ActivitySource Activities = new(Name);

    internal static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> CommandDuration = Meter.CreateHistogram<double>(
        "monolith.command.duration",
        "s",
        "How long commands and queries take, by module, request and outcome.",
        tags: null,
        InSeconds
    );

    internal static readonly Histogram<double> DatabaseCommandDuration = Meter.CreateHistogram<double>(
        "monolith.database.command.duration",
        "s",
        "How long commands to a module's database take, by module and outcome.",
        tags: null,
        InSeconds
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

    internal static readonly Counter<long> MessagesRefused = Meter.CreateCounter<long>(
        "monolith.broker.refused",
        "{message}",
        "Messages that are not of the stream that is followed, by module and stream."
    );

    internal static readonly Counter<long> EventsParked = Meter.CreateCounter<long>(
        "monolith.stream.parked",
        "{event}",
        "Events parked as dead letters, by module and stream."
    );

    internal static readonly Histogram<double> EffectDelay = Meter.CreateHistogram<double>(
        "monolith.stream.delay",
        "s",
        "Time from an event being said to its effects being committed, by module and stream.",
        tags: null,
        InSeconds
    );
}
