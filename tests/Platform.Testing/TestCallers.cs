using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Http;

namespace Platform.Testing;

/// <summary>Takes the caller from a header, in place of a token, for tests that start a module without the Host.</summary>
internal sealed class TestCallers(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Test";
    public const string Header = "X-Test-Caller";

    public static string HeaderOf(Caller caller) => $"{caller.UserId}|{caller.Role}|{caller.StoreId}";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var header))
            return Task.FromResult(AuthenticateResult.NoResult());
        var parts = header.ToString().Split('|');
        var claims = new List<Claim> { new("sub", parts[0]), new("role", parts[1]) };
        if (parts[2].Length > 0)
            claims.Add(new Claim(Caller.StoreIdClaim, parts[2]));
        var user = new ClaimsPrincipal(new ClaimsIdentity(claims, Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, Name)));
    }
}
