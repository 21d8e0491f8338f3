using System.Collections.Concurrent;
using Host.Settings;
using Platform.Http;
using Platform.Live;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Host.Gateway;

/// <summary>
/// Keeps a module elsewhere that is down, slow or flooded from being anybody else's trouble: a bounded number of
/// calls wait for it, each for a bounded time, and those that it cannot answer get a problem that says so.
/// </summary>
internal sealed class Forwarding(GatewaySettings limits, LiveTenures tenures)
{
    public const string Module = "module";
    public const string Busy = "module_busy";

    private const string RetryAfterSeconds = "5";

    private readonly ConcurrentDictionary<string, Places> _places = new(StringComparer.Ordinal);

    public static string BusyDetail(string module) =>
        $"Too many calls to {module} are waiting already. Try again shortly.";

    /// <summary>Has <paramref name="next"/> forward a call to a module that is elsewhere for good.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next) =>
        InvokeAsync(http, http.GetReverseProxyFeature().Route.Config.Metadata![Module], next);

    /// <summary>Has <paramref name="next"/> forward a call.</summary>
    public async Task InvokeAsync(HttpContext http, string module, RequestDelegate next)
    {
        http.CountFor(module);
        var places = _places.GetOrAdd(
            module,
            _ => new Places(new(limits.ConcurrentCalls), new(limits.ConcurrentStreams))
        );
        using var passage = new Passage(http, module, places.Calls, places.Streams, limits, tenures);
        if (!passage.TryBegin())
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, Busy, BusyDetail(module));
            return;
        }
        http.Features.Set(passage);
        await next(http);
        if (http.Response.HasStarted)
            return;
        if (passage.Refusal is var (status, code, detail))
            await RefuseAsync(http, status, code, detail);
        else if (http.GetForwarderErrorFeature() is { } failed)
            await TellAsync(http, module, failed.Error);
    }

    /// <summary>What is answered with a live stream is passed on as one, whatever it was asked for with.</summary>
    public static async ValueTask PassStreamOnAsync(ResponseTransformContext answer)
    {
        if (
            answer.ProxyResponse?.Content.Headers.ContentType?.MediaType == Passage.StreamType
            && answer.HttpContext.Features.Get<Passage>() is { } passage
        )
            await passage.FollowAsync(answer);
    }

    private static async Task TellAsync(HttpContext http, string module, ForwarderError error)
    {
        if (error is ForwarderError.RequestTimedOut)
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

    private sealed record Places(SemaphoreSlim Calls, SemaphoreSlim Streams);
}
