using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Platform.Telemetry;

namespace Host.Edge;

/// <summary>
/// One line per request that failed or was slow, and at debug level per request; a module that is away is told once in
/// a while, however many ask for it. It names the route, not the path, and never the query, headers or body: what
/// people order, search and sign in with stays out of the logs.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, IncidentLog incidents, ILogger<RequestLog> log)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        await next(http);
        var took = Stopwatch.GetElapsedTime(started);
        var status = http.Response.StatusCode;
        if (status == StatusCodes.Status503ServiceUnavailable)
            incidents.Tell($"{http.Request.Method} {RouteOf(http)}", "503 Service Unavailable");
        var level =
            status == StatusCodes.Status503ServiceUnavailable ? LogLevel.Debug
            : status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning
            : took > Slow && !IsMeantToLast(http) ? LogLevel.Information
            : LogLevel.Debug;
        if (log.IsEnabled(level))
        {
            log.Log(
                level,
                "{Method} {Route} answered {Status} in {Milliseconds} ms",
                http.Request.Method,
                RouteOf(http),
                status,
                (long)took.TotalMilliseconds
            );
        }
    }

    /// <summary>Whoever answers an exception takes the endpoint off, and keeps it elsewhere.</summary>
    private static string RouteOf(HttpContext http) =>
        ((http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)
            ?.RoutePattern
            .RawText
        ?? "(no route)";

    /// <summary>An event stream is open for as long as somebody watches.</summary>
    private static bool IsMeantToLast(HttpContext http) =>
        http.RequestAborted.IsCancellationRequested
        || http.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;
}
