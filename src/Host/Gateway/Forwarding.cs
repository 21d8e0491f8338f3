using System.Collections.Concurrent;
using Host.Settings;
using Platform.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Host.Gateway;

/// <summary>
/// Keeps a module elsewhere that is down, slow or flooded from being anybody else's trouble: a bounded number of
/// calls wait for it, each for a bounded time, and those that it cannot answer get a problem that says so.
/// </summary>
internal sealed class Forwarding(GatewaySettings limits)
{
    public const string Module = "module";
    public const string IsStream = "stream";

    private const string RetryAfterSeconds = "5";

    private readonly ConcurrentDictionary<(string Module, bool Stream), SemaphoreSlim> _places = new();

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var route = http.GetReverseProxyFeature().Route.Config.Metadata!;
        var (module, stream) = (route[Module], route.ContainsKey(IsStream));
        http.CountFor(module);
        if (stream)
            http.IsMeantToLast();
        var places = _places.GetOrAdd((module, stream), _ => new SemaphoreSlim(Most(stream)));
        if (!await places.WaitAsync(TimeSpan.Zero))
        {
            await RefuseAsync(
                http,
                StatusCodes.Status503ServiceUnavailable,
                "module_busy",
                $"Too many calls to {module} are waiting already. Try again shortly."
            );
            return;
        }
        try
        {
            await next(http);
        }
        finally
        {
            places.Release();
        }
        if (http.GetForwarderErrorFeature() is not { } failed || http.Response.HasStarted)
            return;
        if (failed.Error is ForwarderError.RequestTimedOut)
            await RefuseAsync(
                http,
                StatusCodes.Status504GatewayTimeout,
                "module_too_slow",
                $"{module} did not answer in time. What was asked may be done all the same."
            );
        else if (!http.RequestAborted.IsCancellationRequested)
            await RefuseAsync(
                http,
                StatusCodes.Status503ServiceUnavailable,
                "module_unreachable",
                $"{module} cannot be reached just now. Try again shortly."
            );
    }

    private static Task RefuseAsync(HttpContext http, int status, string code, string detail)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return http.WriteProblemAsync(status, code, detail);
    }

    private int Most(bool stream) => stream ? limits.ConcurrentStreams : limits.ConcurrentCalls;
}
