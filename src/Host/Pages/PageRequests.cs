using Platform.Pages;

namespace Host.Pages;

/// <summary>Tells people's requests from programs'.</summary>
internal static class PageRequests
{
    /// <summary>A person's browser asks for something to look at, not a program for something to read.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/connect/token", StringComparison.OrdinalIgnoreCase);

    /// <summary>A page asks for a piece of itself.</summary>
    public static bool IsForFragment(this HttpRequest request) =>
        request.Headers.ContainsKey(Page.FragmentHeader);

    /// <summary>The page of this site that a form was on; the start where that is not known.</summary>
    public static string CameFrom(this HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from)
        && from.Authority == request.Host.Value
            ? from.PathAndQuery
            : "/";

    /// <summary>A path within this site, as headers can carry it, and nothing that only looks like one.</summary>
    public static string Within(string? path) =>
        path is ['/', not ('/' or '\\'), ..] or "/"
        && !path.Contains('\\', StringComparison.Ordinal)
        && !path.AsSpan().ContainsAnyInRange('\0', '\x1f')
            ? Local.Ascii(path)
            : "/";
}
