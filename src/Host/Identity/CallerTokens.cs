using System.Security.Claims;
using Host.Pages;
using Host.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Http;

namespace Host.Identity;

/// <summary>
/// A program's token goes on to another process as it came. A person in a browser is known by a cookie that counts in
/// this process alone, so for each request a token is made that says the same of them and is good for that request.
/// </summary>
internal sealed class CallerTokens(
    HostSettings settings,
    TimeProvider clock,
    SigningKeys? keys = null,
    ISessions? sessions = null
) : ICallerTokens
{
    /// <summary>Longer than any module may take to look at it, and of little use to whoever finds it later.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>A live stream ends with its token, and is not to be opened anew all the time.</summary>
    public static readonly TimeSpan LifetimeOfStreams = TimeSpan.FromMinutes(15);

    private static readonly string[] Told = ["sub", "role", "email", Caller.StoreIdClaim];

    private readonly JsonWebTokenHandler _tokens = new() { SetDefaultTimesOnTokenCreation = false };

    public string? AuthorizationFor(HttpContext http) =>
        http.Request.Headers.Authorization is { Count: > 0 } brought ? brought.ToString()
        : keys is not null
        && http.User.Identity is { IsAuthenticated: true, AuthenticationType: Session.Scheme }
            ? $"Bearer {Issue(http.User, keys, LifetimeFor(http.Request))}"
        : null;

    public async Task<bool> GoesOnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken) =>
        sessions is null
        || caller.Identity is not { AuthenticationType: Session.Scheme }
        || Session.IdOf(caller) is { } id && await sessions.GoesOnAsync(id, caller, cancellationToken);

    private static TimeSpan LifetimeFor(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
            ? LifetimeOfStreams
            : Lifetime;

    private string Issue(ClaimsPrincipal person, SigningKeys signing, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return _tokens.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "at+jwt",
                Issuer = settings.Auth.Issuer.AbsoluteUri,
                Audience = settings.Auth.Audience,
                IssuedAt = now,
                NotBefore = now,
                Expires = now + lifetime,
                Claims = person
                    .Claims.Where(claim => Told.Contains(claim.Type))
                    .ToDictionary(claim => claim.Type, object (claim) => claim.Value, StringComparer.Ordinal),
                SigningCredentials = signing.Signing,
            }
        );
    }
}
