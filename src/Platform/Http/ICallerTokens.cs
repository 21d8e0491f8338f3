using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Platform.Http;

/// <summary>In whose name a request goes on to another process of the deployment.</summary>
internal interface ICallerTokens
{
    /// <summary>What the other process is to find in <c>Authorization</c>; null for a caller who is nobody.</summary>
    string? AuthorizationFor(HttpContext http);

    /// <summary>Whether what a caller was let in by still counts; how long a token is good, it says itself.</summary>
    Task<bool> GoesOnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken);
}
