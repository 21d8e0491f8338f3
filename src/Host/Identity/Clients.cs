using Host.Settings;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Host.Identity;

/// <summary>
/// The issuer's clients are those that configuration names, and in Development the command line. Being our own, they
/// ask nobody's consent.
/// </summary>
internal static class Clients
{
    /// <summary>Makes the database's clients those of configuration.</summary>
    public static async Task SettleAsync(
        IOpenIddictApplicationManager stored,
        IReadOnlyList<ClientSettings> wanted,
        CancellationToken cancellationToken
    )
    {
        await foreach (var client in stored.ListAsync(count: null, offset: null, cancellationToken))
        {
            var id = await stored.GetClientIdAsync(client, cancellationToken);
            if (id != DemoAccounts.ClientId && wanted.All(one => one.Id != id))
                await stored.DeleteAsync(client, cancellationToken);
        }
        foreach (var client in wanted)
        {
            var descriptor = Describe(client);
            if (await stored.FindByClientIdAsync(client.Id, cancellationToken) is { } known)
                await stored.UpdateAsync(known, descriptor, cancellationToken);
            else
                await stored.CreateAsync(descriptor, cancellationToken);
        }
    }

    private static OpenIddictApplicationDescriptor Describe(ClientSettings client)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = client.Id,
            ClientType = ClientTypes.Public,
            ConsentType = ConsentTypes.Implicit,
            DisplayName = client.Id,
            Permissions =
            {
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.Token,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
                Permissions.Scopes.Email,
                Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        descriptor.RedirectUris.UnionWith(client.RedirectUris);
        return descriptor;
    }
}
