using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Host.Settings;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Platform.Http;
using Platform.Telemetry;

namespace Host.Telemetry;

/// <summary>
/// Answers Prometheus. Unless figures are pushed as well, their collecting begins when it first asks: a start, and a
/// process that nobody watches, do without the cost, and a rate needs two readings anyway. What lies in databases is
/// read for each answer.
/// </summary>
internal sealed class MetricsEndpoint : IDisposable
{
    public const string Path = "/metrics";

    private readonly MetricsSettings _settings;
    private readonly IServiceProvider _services;
    private readonly Lazy<RequestDelegate> _exporter;
    private MeterProvider? _own;

    public MetricsEndpoint(HostSettings settings, IServiceProvider services)
    {
        (_settings, _services) = (settings.Metrics, services);
        _exporter = new Lazy<RequestDelegate>(MakeExporter);
    }

    public async Task InvokeAsync(HttpContext http)
    {
        if (!MayRead(http))
        {
            await http.WriteProblemAsync(StatusCodes.Status404NotFound);
            return;
        }
        // Before the reading: what is counted while nobody collects it is not counted.
        var export = _exporter.Value;
        if (_services.GetService<Gauges>() is { } gauges)
            await gauges.ReadAsync(http.RequestAborted);
        await export(http);
    }

    public void Dispose() => _own?.Dispose();

    private RequestDelegate MakeExporter()
    {
        var pipeline = new ApplicationBuilder(_services);
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(
            _services.GetService<MeterProvider>()
                ?? (_own = Sdk.CreateMeterProviderBuilder().AddFigures().Build()),
            _ => true,
            path: null,
            configureBranchedPipeline: null,
            optionsName: null
        );
        return pipeline.Build();
    }

    private bool MayRead(HttpContext http) =>
        _settings.ForEveryone
        || IsFromHere(http)
        || HasKey(http.Request)
        || Caller.From(http.User)?.Is(Roles.Operator) == true;

    private bool HasKey(HttpRequest request) =>
        _settings.Key is { } key
        && AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var sent)
        && sent is { Scheme: "Bearer", Parameter: { } parameter }
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(parameter)),
            SHA256.HashData(Encoding.UTF8.GetBytes(key))
        );

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
            && !http.Request.Headers.ContainsKey("X-Original-For")
            && !http.Request.Headers.ContainsKey("Forwarded");
    }
}
