using Host.Settings;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Host.Identity;

/// <summary>
/// Exchanges a code, a password or a refresh token for an access token. OpenIddict has checked the request, the client
/// and the refresh token before this runs; what is left is who the person is and what they may claim.
/// </summary>
internal static class TokenEndpoint
{
    public const string Path = "/connect/token";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(Path, ExchangeAsync)
            .AllowAnonymous()
            .RequireRateLimiting(TokenRateLimit.Policy)
            .WithName("Token")
            .WithSummary("Exchanges credentials for an access token")
            .WithTags("Identity")
            .Accepts<TokenRequest>("application/x-www-form-urlencoded")
            .Produces<TokenAnswer>()
            .Produces<TokenRefusal>(StatusCodes.Status400BadRequest)
            .Produces<TokenRefusal>(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> ExchangeAsync(
        HttpContext http,
        UserManager<Account> accounts,
        Passwords passwords,
        HostSettings settings
    )
    {
        var request =
            http.GetOpenIddictServerRequest()
            ?? throw new InvalidOperationException("The token server did not see this request.");
        var (account, scopes) = request.IsPasswordGrantType()
            ? (
                await passwords.FindAsync(request.Username, request.Password, http.RequestAborted),
                request.GetScopes()
            )
            : await FindByTicketAsync(http, accounts);
        return account is null
            ? Refuse(
                Errors.InvalidGrant,
                "The user name or password is wrong, or the account is locked for a while."
            )
            : Results.SignIn(
                AccountClaims.Of(account, settings.Auth.Audience, scopes),
                authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme
            );
    }

    /// <summary>A code or a refresh token stands for its account as it is now, not as it was when it signed in.</summary>
    private static async Task<(Account?, IReadOnlyList<string>)> FindByTicketAsync(
        HttpContext http,
        UserManager<Account> accounts
    )
    {
        var ticket = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return
            ticket.Principal?.GetClaim(Claims.Subject) is { } subject
            && await accounts.FindByIdAsync(subject) is { } account
            && !await accounts.IsLockedOutAsync(account)
            ? (account, ticket.Principal.GetScopes())
            : (null, []);
    }

    /// <summary>Refuses as RFC 6749 wants it.</summary>
    public static IResult Refuse(string error, string why) =>
        Results.Forbid(
            new AuthenticationProperties(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = why,
                }
            ),
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]
        );
}
