using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Host.Identity;

/// <summary>
/// Reads what an issuer publishes. Within a deployment it is often asked at an address that only the deployment knows,
/// while it names itself, and where its keys are, by its public one, which may not be reachable from inside: keys
/// that it has at its own public address are then fetched where it was asked.
/// </summary>
internal sealed class AuthorityKeys(Uri authority) : IConfigurationRetriever<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(10);

    private const string Document = "/.well-known/openid-configuration";

    public static IConfigurationManager<OpenIdConnectConfiguration> At(Uri authority, bool requireHttps) =>
        new IssuerReach(
            authority,
            new ConfigurationManager<OpenIdConnectConfiguration>(
                authority.AbsoluteUri.TrimEnd('/') + Document,
                new AuthorityKeys(authority),
                new HttpDocumentRetriever(new HttpClient { Timeout = GivenUpAfter })
                {
                    RequireHttps = requireHttps,
                }
            ),
            TimeProvider.System
        );

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
        string address,
        IDocumentRetriever retriever,
        CancellationToken cancel
    )
    {
        var published = OpenIdConnectConfiguration.Create(await retriever.GetDocumentAsync(address, cancel));
        if (string.IsNullOrEmpty(published.JwksUri))
            return published;
        var keys = await retriever.GetDocumentAsync(Reachable(published), cancel);
        published.JsonWebKeySet = new JsonWebKeySet(keys);
        foreach (var key in published.JsonWebKeySet.GetSigningKeys())
            published.SigningKeys.Add(key);
        return published;
    }

    private string Reachable(OpenIdConnectConfiguration published)
    {
        var issuer = published.Issuer?.TrimEnd('/') + '/';
        return published.JwksUri.StartsWith(issuer, StringComparison.Ordinal)
            ? authority.AbsoluteUri.TrimEnd('/') + '/' + published.JwksUri[issuer.Length..]
            : published.JwksUri;
    }
}
