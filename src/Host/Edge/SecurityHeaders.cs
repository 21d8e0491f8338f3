namespace Host.Edge;

/// <summary>
/// Headers that keep a browser from doing with an answer what it was not meant for. An endpoint that serves
/// pages may set its own policy; an API's answers need none of what a page does.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Scripts and style sheets are files of this site; what a component writes into an element's style is let be.</summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
        + "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The same, for a page whose form may lead to further places as well.</summary>
    public static string PagePolicyWithForms(IEnumerable<string> places) =>
        PagePolicy.Replace(
            "form-action 'self'",
            $"form-action 'self' {string.Join(' ', places)}",
            StringComparison.Ordinal
        );

    public Task InvokeAsync(HttpContext http)
    {
        // At the last moment, since whoever answers an exception clears the headers that were set before.
        http.Response.OnStarting(Add, http);
        return next(http);
    }

    private static Task Add(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        var isPage = http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true;
        // A page's own forms say where they come from; other sites learn nothing.
        headers["Referrer-Policy"] = isPage ? "same-origin" : "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy =
            headers.ContentSecurityPolicy is { Count: > 0 } own ? own
            : isPage ? PagePolicy
            : ApiPolicy;
        if (isPage)
        {
            headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "private, no-cache";
        }
        if (http.Request.Headers.Authorization.Count > 0 && headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
