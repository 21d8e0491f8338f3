using Host.Pages;
using Microsoft.Net.Http.Headers;
using Platform.Http;
using Yarp.ReverseProxy.Transforms;

namespace Host.Gateway;

/// <summary>
/// What a request says of its caller on its way to a module's process: a token, whatever the caller brought. The
/// session cookie stays here, since it is worth a whole day and means nothing anywhere else.
/// </summary>
internal sealed class PassingOn(ICallerTokens tokens) : RequestTransform
{
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var http = context.HttpContext;
        if (HeadRequests.IsFor(http))
            context.ProxyRequest.Method = HttpMethod.Head;
        if (
            http.Request.Headers.Authorization.Count == 0
            && tokens.AuthorizationFor(http) is { } authorization
        )
            AddHeader(context, HeaderNames.Authorization, authorization);
        if (http.Request.Cookies.Keys.Any(IsOfSession))
            KeepSessionHere(context);
        return ValueTask.CompletedTask;
    }

    private static void KeepSessionHere(RequestTransformContext context)
    {
        var others = TakeHeader(context, HeaderNames.Cookie)
            .SelectMany(line => (line ?? "").Split(';', StringSplitOptions.TrimEntries))
            .Where(cookie => cookie.Length > 0 && !IsOfSession(cookie.Split('=')[0]));
        var kept = string.Join("; ", others);
        if (kept.Length > 0)
            AddHeader(context, HeaderNames.Cookie, kept);
    }

    /// <summary>A long cookie is sent in numbered pieces.</summary>
    private static bool IsOfSession(string cookie) =>
        cookie == Session.CookieName
        || cookie.StartsWith(Session.CookieName + "C", StringComparison.Ordinal)
            && cookie.AsSpan(Session.CookieName.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;
}
