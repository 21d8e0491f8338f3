using Host.Pages;
using Host.Settings;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Pages;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Host.Identity;

/// <summary>
/// Gives a client a code for the person at the browser, who signs in on this site's own page first. OpenIddict has
/// checked client, redirect address and PKCE before this runs, and sends the code.
/// </summary>
internal static class AuthorizationEndpoint
{
    public const string Path = "/connect/authorize";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPage(Path, AuthorizeAsync)
            .AllowAnonymous()
            .RequireRateLimiting(TokenRateLimit.GrantPolicy)
            .ExcludeFromDescription();

    private static async Task<IResult> AuthorizeAsync(
        HttpContext http,
        UserManager<Account> accounts,
        HostSettings settings
    )
    {
        var request =
            http.GetOpenIddictServerRequest()
            ?? throw new InvalidOperationException("The token server did not see this request.");
        if (await FindAsync(http, accounts) is { } account && !request.HasPromptValue(PromptValues.Login))
        {
            return Results.SignIn(
                AccountClaims.Of(account, settings.Auth.Audience, request.GetScopes()),
                authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme
            );
        }
        return request.HasPromptValue(PromptValues.None)
            ? TokenEndpoint.Refuse(Errors.LoginRequired, "Nobody is signed in.")
            : Results.Redirect("/sign-in?back=" + Uri.EscapeDataString(PathWithoutPrompt(http.Request)));
    }

    /// <summary>The session's account as it is now.</summary>
    private static async Task<Account?> FindAsync(HttpContext http, UserManager<Account> accounts)
    {
        var session = await http.AuthenticateAsync(Session.Scheme);
        return
            session.Principal?.FindFirst(Claims.Subject)?.Value is { } id
            && await accounts.FindByIdAsync(id) is { } account
            && !await accounts.IsLockedOutAsync(account)
            ? account
            : null;
    }

    /// <summary>Who was told to sign in, and did, need not be told again.</summary>
    private static string PathWithoutPrompt(HttpRequest request) =>
        request.Path
        + QueryString.Create(request.Query.Where(parameter => parameter.Key != Parameters.Prompt));
}
