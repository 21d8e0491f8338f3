using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.Telemetry;

namespace Host.Telemetry;

/// <summary>
/// What the process tells about itself: figures for Prometheus from when they are first asked for, traces and
/// figures over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.
/// </summary>
internal static class TelemetrySetup
{
    private const string Service = "monolith";
    private const string Wolverine = "Wolverine*";

    /// <summary>These tell requests or commands apart, and so have many combinations of tags.</summary>
    private static readonly string[] Wide = ["monolith.command.duration", "http.server.request.duration"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<MetricsEndpoint>();
        // What nobody collects would only cost.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service))
            .WithMetrics(metrics =>
                metrics
                    .AddFigures()
                    .AddInstrumentation(services => services.GetRequiredService<Gauges>())
                    .AddOtlpExporter()
            )
            .WithTracing(traces =>
                traces
                    .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthTracing)
                    .AddSource(PlatformTelemetry.Name, Wolverine)
                    .AddOtlpExporter()
            );
    }

    /// <summary>Maps the figures, which say a lot about the business, for whoever may read them.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<MetricsEndpoint>();
        app.MapGet(MetricsEndpoint.Path, (RequestDelegate)metrics.InvokeAsync)
            .AllowAnonymous()
            .DisableHttpMetrics()
            .ExcludeFromDescription();
    }

    /// <summary>What is collected, wherever it goes.</summary>
    public static MeterProviderBuilder AddFigures(this MeterProviderBuilder metrics) =>
        metrics
            .ConfigureResource(resource => resource.AddService(Service))
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddMeter(PlatformTelemetry.Name, Wolverine)
            .AddView(RoomFor)
            .AddPrometheusExporter();

    /// <summary>Each instrument sets room aside for 2,000 combinations of its tags, 10 MB in all. Few have so many.</summary>
    private static MetricStreamConfiguration? RoomFor(Instrument instrument) =>
        Wide.Contains(instrument.Name) ? null : new MetricStreamConfiguration { CardinalityLimit = 200 };

    private static bool IsWorthTracing(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments(MetricsEndpoint.Path, StringComparison.OrdinalIgnoreCase);
}
