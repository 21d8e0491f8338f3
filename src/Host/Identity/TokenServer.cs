using Host.Settings;
using Microsoft.AspNetCore.Identity;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Host.Identity;

/// <summary>The built-in issuer: accounts by ASP.NET Core Identity, OpenID Connect by OpenIddict.</summary>
internal static class TokenServer
{
    private const string ConfigurationPath = "/.well-known/openid-configuration";
    private const string KeysPath = "/.well-known/jwks";

    private static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(14);

    public static void AddTokenServer(
        this IServiceCollection services,
        HostSettings settings,
        SigningKeys keys,
        IHostEnvironment environment
    )
    {
        services.AddDbContext<IdentityDatabase>(
            settings.Auth.Database!.Configure,
            optionsLifetime: ServiceLifetime.Singleton
        );
        services
            .AddIdentityCore<Account>(ConfigureAccounts)
            .AddEntityFrameworkStores<IdentityDatabase>()
            .AddPasswordValidator<NoDemoPassword>();
        services
            .AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDatabase>())
            .AddServer(server => ConfigureServer(server, settings.Auth.Issuer, keys, environment));
        services.AddScoped<TokenWindows>();
        services.AddScoped<PasswordAttempts>();
        services.AddSingleton<PasswordTurns>();
        services.AddScoped<Passwords>();
        services.AddSingleton<IdentityReach>();
        services.AddSingleton<ISessions, AccountSessions>();
        services.AddSingleton<IdentityPreparation>();
        services.AddHostedService(provider => provider.GetRequiredService<IdentityPreparation>());
        services.AddSingleton<IdentityPruning>();
        services.AddHostedService(provider => provider.GetRequiredService<IdentityPruning>());
        services.AddHealthChecks().AddCheck<IdentityHealth>("Identity", tags: ["ready"]);
    }

    private static void ConfigureAccounts(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.Password.RequiredLength = 10;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequireUppercase = false;
    }

    private static void ConfigureServer(
        OpenIddictServerBuilder server,
        Uri issuer,
        SigningKeys keys,
        IHostEnvironment environment
    )
    {
        server
            .SetIssuer(issuer)
            .SetConfigurationEndpointUris(Published(issuer, ConfigurationPath))
            .SetJsonWebKeySetEndpointUris(Published(issuer, KeysPath))
            .SetTokenEndpointUris(Published(issuer, TokenEndpoint.Path))
            .SetAuthorizationEndpointUris(Published(issuer, AuthorizationEndpoint.Path))
            .RegisterScopes(Scopes.Email, Scopes.Profile)
            .SetAccessTokenLifetime(AccessTokenLifetime)
            .SetRefreshTokenLifetime(RefreshTokenLifetime)
            .AddSigningCredentials(keys.Signing)
            .AddEncryptionKey(keys.Encryption)
            // Whoever verifies a token must be able to read it with the published keys alone.
            .DisableAccessTokenEncryption()
            .AllowRefreshTokenFlow()
            .AllowAuthorizationCodeFlow()
            .RequireProofKeyForCodeExchange()
            .Configure(options => options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
        var http = server
            .UseAspNetCore()
            .EnableTokenEndpointPassthrough()
            .EnableAuthorizationEndpointPassthrough();
        if (environment.IsDevelopment())
        {
            server.AllowPasswordFlow();
            http.DisableTransportSecurityRequirement();
        }
    }

    /// <summary>
    /// Where an endpoint is at the issuer's public address, which is what is told of it whatever host a request names:
    /// keys must not be sought where a caller says. It answers at any other address of this process as well.
    /// </summary>
    private static Uri[] Published(Uri issuer, string path) =>
        [new Uri(issuer.AbsoluteUri.TrimEnd('/') + path), new Uri(path, UriKind.Relative)];
}
