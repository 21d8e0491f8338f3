using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Http;

/// <summary>What the framework's figures of requests cannot know by themselves.</summary>
public static class RequestMetrics
{
    /// <summary>Counts the request, its duration and its outcome, for a module.</summary>
    public static void CountFor(this HttpContext http, string module)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new("module", module));
    }

    /// <summary>An event stream is open for as long as somebody watches: its duration says nothing of how we do.</summary>
    public static void IsMeantToLast(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Features.Get<IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
    }
}
