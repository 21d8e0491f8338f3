using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Telemetry;

namespace Platform.Http;

/// <summary>
/// Answers exceptions that reach the edge: a request that could not be bound says what is wrong with it, a
/// database that cannot be reached, or a row that somebody holds, asks to try again; anything else is a bug, of which the caller learns the trace id and nothing more.
/// </summary>
internal sealed class FailedRequests(IncidentLog incidents, ILogger<FailedRequests> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (exception is BadHttpRequestException bad)
        {
            var refusal = UnreadableRequest.From(bad);
            await httpContext.WriteProblemAsync(bad.StatusCode, refusal.Code, refusal.Detail, refusal.Errors);
            return true;
        }

        var away = exception as UnavailableException;
        if (
            away is not null
            || DatabaseFailure.IsUnreachable(exception)
            || DatabaseFailure.IsRowLocked(exception)
        )
        {
            if (away is null)
                incidents.Tell(RouteOf(httpContext), exception);
            else
                incidents.Tell(RouteOf(httpContext), away.Message);
            httpContext.Response.Headers.RetryAfter = "5";
            await httpContext.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable);
            return true;
        }

        log.LogError(exception, "{Method} {Route} failed", httpContext.Request.Method, RouteOf(httpContext));
        await httpContext.WriteProblemAsync(StatusCodes.Status500InternalServerError);
        return true;
    }

    /// <summary>The endpoint is taken off the request before its exception is handled.</summary>
    private static string? RouteOf(HttpContext http) =>
        http.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName;
}
