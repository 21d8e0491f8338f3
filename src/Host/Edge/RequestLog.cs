using System.Diagnostics;

namespace Host.Edge;

/// <summary>
/// One line per request that failed or was slow, and at debug level per request. It names the route, not the
/// path, and never the query, headers or body: what people order, search and sign in with stays out of the logs.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        await next(http);
        var took = Stopwatch.GetElapsedTime(started);
        var status = http.Response.StatusCode;
        var level =
            status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning
            : took > Slow && !IsMeantToLast(http) ? LogLevel.Information
            : LogLevel.Debug;
        if (log.IsEnabled(level))
        {
            log.Log(
                level,
                "{Method} {Route} answered {Status} in {Milliseconds} ms",
                http.Request.Method,
                (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)",
                status,
                (long)took.TotalMilliseconds
            );
        }
    }

    /// <summary>An event stream is open for as long as somebody watches.</summary>
    private static bool IsMeantToLast(HttpContext http) =>
        http.RequestAborted.IsCancellationRequested
        || http.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;
}
