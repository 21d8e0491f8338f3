using Microsoft.AspNetCore.Http;

namespace Platform.Http;

/// <summary>In whose name a request goes on to another process of the deployment.</summary>
internal interface ICallerTokens
{
    /// <summary>What the other process is to find in <c>Authorization</c>; null for a caller who is nobody.</summary>
    string? AuthorizationFor(HttpContext http);
}
