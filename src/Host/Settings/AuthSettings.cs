using Host.Identity;
using Platform.Data;
using Platform.Settings;

namespace Host.Settings;

/// <summary>Who issues the tokens that this host trusts, and how they read.</summary>
/// <param name="Authority">An external issuer; null for the built-in one.</param>
/// <param name="Audience">The audience tokens must name.</param>
/// <param name="Issuer">The name the built-in issuer signs with, and its public address.</param>
/// <param name="SigningCertificatePath">The built-in issuer's certificate; null in Development.</param>
/// <param name="SigningCertificatePassword">Its password, where it has one.</param>
/// <param name="TokenRequestsPerMinute">How often one address may ask for a token.</param>
/// <param name="RoleClaim">The external issuer's claim that holds a role of this platform.</param>
/// <param name="StoreClaim">The external issuer's claim that holds a store account's store id.</param>
/// <param name="ClientId">What the pages call themselves to the external issuer; null for none to sign in to.</param>
/// <param name="ClientSecret">What they prove it with, where that issuer wants it.</param>
/// <param name="Clients">Programs that sign people in with the built-in issuer.</param>
/// <param name="Database">Where the built-in issuer keeps accounts and tokens; null with an external one.</param>
internal sealed record AuthSettings(
    Uri? Authority,
    string Audience,
    Uri Issuer,
    string? SigningCertificatePath,
    string? SigningCertificatePassword,
    int TokenRequestsPerMinute,
    string RoleClaim,
    string StoreClaim,
    string? ClientId,
    string? ClientSecret,
    IReadOnlyList<ClientSettings> Clients,
    DatabaseChoice? Database
)
{
    /// <summary>Whether this host issues the tokens itself.</summary>
    public bool IsBuiltIn => Authority is null;

    public static AuthSettings Read(SettingsReader reader, IHostEnvironment environment)
    {
        reader.RefuseOthers(
            "Auth",
            nameof(Authority),
            nameof(Audience),
            nameof(Issuer),
            nameof(SigningCertificatePath),
            nameof(SigningCertificatePassword),
            nameof(TokenRequestsPerMinute),
            nameof(RoleClaim),
            nameof(StoreClaim),
            nameof(ClientId),
            nameof(ClientSecret),
            nameof(Clients),
            nameof(Database)
        );
        reader.RefuseOthers("Auth:Database", "Engine", "ConnectionString");
        var development = environment.IsDevelopment();
        var authority = reader.Address("Auth:Authority");
        if (authority is { Scheme: "http", IsLoopback: false } && !development)
        {
            throw new SettingRefusedException(
                "Auth:Authority",
                "outside Development the issuer must be reached over https."
            );
        }

        RefuseWhereItMeansNothing(reader, authority);
        return new AuthSettings(
            authority,
            reader.Text("Auth:Audience")
                ?? (
                    authority is null
                        ? "monolith-api"
                        : throw new SettingRefusedException(
                            "Auth:Audience",
                            "with an external issuer, name the audience that its tokens for this platform carry."
                        )
                ),
            authority ?? ReadIssuer(reader, development),
            authority is null ? ReadCertificatePath(reader, environment) : null,
            reader.Text("Auth:SigningCertificatePassword"),
            reader.Number("Auth:TokenRequestsPerMinute", 30, 1, 1_000_000),
            reader.Text("Auth:RoleClaim") ?? "role",
            reader.Text("Auth:StoreClaim") ?? "store_id",
            reader.Text("Auth:ClientId"),
            reader.Text("Auth:ClientSecret"),
            ClientSettings.ReadAll(reader, development),
            authority is null ? reader.Database("Auth", IdentityDatabase.Schema) : null
        );
    }

    /// <summary>A setting of the other kind of issuer would silently do nothing.</summary>
    private static void RefuseWhereItMeansNothing(SettingsReader reader, Uri? authority)
    {
        if (authority is null && reader.Text("Auth:ClientId") is not null)
            throw new SettingRefusedException(
                "Auth:ClientId",
                "it is for an external issuer; set Auth:Authority."
            );
        if (authority is not null && reader.Names("Auth:Clients").Any())
            throw new SettingRefusedException(
                "Auth:Clients",
                "they are the built-in issuer's; Auth:Authority names another."
            );
    }

    /// <summary>
    /// The issuer's name must be the same whatever address a token was asked at, so it is never taken from a
    /// request.
    /// </summary>
    private static Uri ReadIssuer(SettingsReader reader, bool development)
    {
        var issuer =
            reader.Address("Auth:Issuer")
            ?? (
                development
                    ? new Uri("http://localhost:5080/")
                    : throw new SettingRefusedException(
                        "Auth:Issuer",
                        "outside Development, set the public https address of this host, or Auth:Authority."
                    )
            );
        return development || issuer.Scheme == Uri.UriSchemeHttps
            ? issuer
            : throw new SettingRefusedException(
                "Auth:Issuer",
                "outside Development the address must be https."
            );
    }

    private static string? ReadCertificatePath(SettingsReader reader, IHostEnvironment environment)
    {
        var path = reader.Text("Auth:SigningCertificatePath");
        return path is null
            ? environment.IsDevelopment()
                ? null
                : throw new SettingRefusedException(
                    "Auth:SigningCertificatePath",
                    "outside Development, set the certificate that tokens are signed with, or Auth:Authority."
                )
            : Path.GetFullPath(path, environment.ContentRootPath);
    }
}
