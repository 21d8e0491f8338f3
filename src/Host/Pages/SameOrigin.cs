using Platform.Http;

namespace Host.Pages;

/// <summary>
/// Refuses what another site has a visitor's browser send. Browsers say where a request comes from in
/// <c>Sec-Fetch-Site</c>, older ones in <c>Origin</c>, and no script can forge either. So no token is needed
/// that a page open all day, or one rendered by a module elsewhere, would have to renew.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        IsAtRisk(http) && !ComesFromHere(http.Request)
            ? http.WriteProblemAsync(
                StatusCodes.Status403Forbidden,
                "cross_site",
                "This was sent from another site, so it was not done."
            )
            : next(http);

    /// <summary>A browser adds cookies by itself, and sends forms to anybody; a token must be added on purpose.</summary>
    private static bool IsAtRisk(HttpContext http)
    {
        var request = http.Request;
        if (
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
            || request.Headers.Authorization.Count > 0
            || request.Path.StartsWithSegments("/connect/token", StringComparison.OrdinalIgnoreCase)
        )
            return false;
        return request.Cookies.ContainsKey(Session.CookieName) || request.HasFormContentType;
    }

    private static bool ComesFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
