using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Platform.Hosting;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Host.Gateway;

/// <summary>
/// A call to a module that has several addresses. When one of them does not take it, it is sent to another, if that can
/// do nothing twice: nobody was reached, or nothing was begun, or the call changes nothing, or it brings an
/// <c>Idempotency-Key</c>. What may have been done and would be done again is answered as unreachable.
/// </summary>
internal sealed class Repeating
{
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>How often a call is sent, the first time included.</summary>
    private const int Most = 3;

    /// <summary>How long a body may be that is kept to be sent again, in bytes. Longer ones are sent once.</summary>
    private const int LongestBody = 64 * 1024;

    private readonly HttpContext _http;
    private readonly IReverseProxyFeature _proxy;
    private readonly IReadOnlyList<DestinationState> _well;
    private readonly List<DestinationState> _tried = [];
    private readonly bool _canBodyGoAgain;
    private bool _wasNotBegun;

    private Repeating(HttpContext http, IReverseProxyFeature proxy)
    {
        (_http, _proxy, _well) = (http, proxy, proxy.AvailableDestinations);
        var hasBody =
            http.Request.Headers.ContainsKey(HeaderNames.TransferEncoding) || http.Request.ContentLength > 0;
        if (hasBody && http.Request.ContentLength <= LongestBody)
            http.Request.EnableBuffering(LongestBody, LongestBody);
        _canBodyGoAgain = !hasBody || http.Request.Body.CanSeek;
    }

    /// <summary>Has <paramref name="next"/> send a call, as often as it takes.</summary>
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var proxy = http.GetReverseProxyFeature();
        if (proxy.AllDestinations.Count < 2)
            return next(http);
        var repeating = new Repeating(http, proxy);
        http.Features.Set(repeating);
        return repeating.RunAsync(next);
    }

    /// <summary>Keeps a refusal of one that has begun nothing from the caller, where another address is to be tried.</summary>
    public static ValueTask PassOverAsync(ResponseTransformContext answer)
    {
        if (
            answer.ProxyResponse?.Headers.Contains(GateMiddleware.NotBegunHeader) is true
            && answer.HttpContext.Features.Get<Repeating>() is { IsLast: false, _canBodyGoAgain: true } call
        )
        {
            answer.SuppressResponseBody = true;
            call._wasNotBegun = true;
        }
        return ValueTask.CompletedTask;
    }

    private bool IsLast => _tried.Count + 1 >= Math.Min(Most, _proxy.AllDestinations.Count);

    private async Task RunAsync(RequestDelegate next)
    {
        var headers = _http.Response.Headers.ToArray();
        while (true)
        {
            _wasNotBegun = false;
            await next(_http);
            if (IsLast || !MayGoAgain())
                return;
            if (_proxy.ProxiedDestination is { } tried)
                _tried.Add(tried);
            Forget(headers);
            var others = _well.Except(_tried).ToList();
            _proxy.AvailableDestinations =
                others.Count > 0 ? others : [.. _proxy.AllDestinations.Except(_tried)];
        }
    }

    private bool MayGoAgain()
    {
        if (_http.Response.HasStarted || _http.RequestAborted.IsCancellationRequested)
            return false;
        if (_wasNotBegun)
            return true;
        return _http.GetForwarderErrorFeature() is { } failed
            && (WasNobodyReached(failed) || (_canBodyGoAgain && IsSafe && WasCutOff(failed)));
    }

    /// <summary>Then not even a part of the body has gone.</summary>
    private static bool WasNobodyReached(IForwarderErrorFeature failed) =>
        failed.Exception
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            };

    /// <summary>One that is merely silent is not: it may be about it, and another would be as slow.</summary>
    private static bool WasCutOff(IForwarderErrorFeature failed) =>
        failed.Error
            is ForwarderError.Request
                or ForwarderError.RequestBodyDestination
                or ForwarderError.ResponseBodyDestination;

    private bool IsSafe =>
        HttpMethods.IsGet(_http.Request.Method)
        || HttpMethods.IsHead(_http.Request.Method)
        || !StringValues.IsNullOrEmpty(_http.Request.Headers[KeyHeader]);

    private void Forget(IReadOnlyList<KeyValuePair<string, StringValues>> headers)
    {
        _http.Response.Clear();
        foreach (var (name, value) in headers)
            _http.Response.Headers[name] = value;
        _http.Features.Set<IForwarderErrorFeature>(null);
        _proxy.ProxiedDestination = null;
        if (_http.Request.Body.CanSeek)
            _http.Request.Body.Position = 0;
    }
}
