using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Http;

/// <summary>
/// Answers exceptions that reach the edge: a request that could not be bound says what is wrong with it; anything
/// else is a bug, of which the caller learns the trace id and nothing more.
/// </summary>
internal sealed class FailedRequests(ILogger<FailedRequests> log) : IExceptionHandler
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

        log.LogError(
            exception,
            "{Method} {Route} failed",
            httpContext.Request.Method,
            httpContext.GetEndpoint()?.DisplayName
        );
        await httpContext.WriteProblemAsync(StatusCodes.Status500InternalServerError);
        return true;
    }
}
