using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using Platform.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Host.Identity;

/// <summary>What the built-in issuer says of an account. The address is for the client that signs them in, not for the API.</summary>
internal static class AccountClaims
{
    public static ClaimsPrincipal Of(Account account, string audience, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity(
            TokenValidationParameters.DefaultAuthenticationType,
            Claims.Name,
            Claims.Role
        );
        identity.SetClaim(Claims.Subject, account.Id.ToString());
        identity.SetClaim(Claims.Role, account.Role);
        identity.SetClaim(Claims.Email, account.Email);
        if (account.StoreId is { } storeId)
            identity.SetClaim(Caller.StoreIdClaim, storeId.ToString());
        identity.SetScopes(scopes);
        identity.SetResources(audience);
        identity.SetDestinations(claim =>
            claim.Type == Claims.Email
                ? identity.HasScope(Scopes.Email)
                    ? [Destinations.IdentityToken]
                    : []
                : [Destinations.AccessToken, Destinations.IdentityToken]
        );
        return new ClaimsPrincipal(identity);
    }
}
