using System.Diagnostics.Metrics;
using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.Http;
using Platform.Telemetry;

namespace Host.Telemetry;

/// <summary>
/// What the process tells about itself: figures for Prometheus always, traces and figures over OTLP when
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.
/// </summary>
internal static class TelemetrySetup
{
    private const string MetricsPath = "/metrics";
    private const string Wolverine = "Wolverine*";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var exports = !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("monolith"))
            .WithMetrics(metrics =>
            {
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter(PlatformTelemetry.Name, Wolverine)
                    .AddView(RoomFor)
                    .AddPrometheusExporter();
                if (exports)
                    metrics.AddOtlpExporter();
            });
        builder.Services.AddHealthChecks();
        // Spans that nobody collects would only cost.
        if (exports)
        {
            telemetry.WithTracing(traces =>
                traces
                    .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthTracing)
                    .AddSource(PlatformTelemetry.Name, Wolverine)
                    .AddOtlpExporter()
            );
        }
    }

    /// <summary>Maps the metrics, which say a lot about the business, for addresses on this machine only.</summary>
    public static void MapTelemetry(this WebApplication app, bool forEveryone)
    {
        var endpoint = app.MapPrometheusScrapingEndpoint(MetricsPath).AllowAnonymous().DisableHttpMetrics();
        if (!forEveryone)
            endpoint.Add(builder => builder.RequestDelegate = OnlyFromHere(builder.RequestDelegate!));
    }

    /// <summary>
    /// Each instrument sets room aside for 2,000 combinations of its tags, 10 MB in all. Few have so many: those
    /// that tell requests or commands apart.
    /// </summary>
    private static MetricStreamConfiguration? RoomFor(Instrument instrument) =>
        instrument.Meter.Name == PlatformTelemetry.Name || instrument.Name == "http.server.request.duration"
            ? null
            : new MetricStreamConfiguration { CardinalityLimit = 200 };

    private static RequestDelegate OnlyFromHere(RequestDelegate next) =>
        http => IsFromHere(http) ? next(http) : http.WriteProblemAsync(StatusCodes.Status404NotFound);

    /// <summary>A request that somebody forwarded is not from here, even when the forwarder is.</summary>
    private static bool IsFromHere(HttpContext http)
    {
        var connection = http.Connection;
        return (
                connection.RemoteIpAddress is not { } remote
                || IPAddress.IsLoopback(remote)
                || remote.Equals(connection.LocalIpAddress)
            )
            && !http.Request.Headers.ContainsKey("X-Forwarded-For")
            && !http.Request.Headers.ContainsKey("Forwarded");
    }

    private static bool IsWorthTracing(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments(MetricsPath, StringComparison.OrdinalIgnoreCase);
}
