using Host.Settings;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Host.Identity;

/// <summary>
/// Verifies access tokens the way a module's own process would: signature, issuer, audience, lifetime, nothing
/// else, and no database. Only where the keys come from differs: the built-in issuer's are at hand here, and are
/// fetched from its published ones elsewhere.
/// </summary>
internal static class TokenVerification
{
    public static void AddTokenVerification(
        this IServiceCollection services,
        AuthSettings auth,
        SigningKeys? keys,
        IHostEnvironment environment
    )
    {
        services
            .AddAuthentication()
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.TokenHandlers.Clear();
                options.TokenHandlers.Add(
                    new RememberedTokens(new JsonWebTokenHandler(), TimeProvider.System)
                );
                options.TokenValidationParameters.NameClaimType = JwtRegisteredClaimNames.Sub;
                options.TokenValidationParameters.RoleClaimType = "role";
                options.TokenValidationParameters.ValidAudience = auth.Audience;
                options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(10);
                if (keys is null)
                    TrustExternal(options, auth, environment);
                else
                    TrustBuiltIn(options, auth, keys);
            });
        services.AddAuthorizationBuilder().SetFallbackPolicy(SignedInUnlessSaidOtherwise);
    }

    /// <summary>
    /// An endpoint that says nothing of who may call it is closed. What routing answers itself (no such path, no
    /// such method) is not an endpoint, and tells nobody anything.
    /// </summary>
    private static AuthorizationPolicy SignedInUnlessSaidOtherwise { get; } =
        new AuthorizationPolicyBuilder()
            .RequireAssertion(context =>
                context.User.Identity is { IsAuthenticated: true }
                || context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint
            )
            .Build();

    private static void TrustBuiltIn(JwtBearerOptions options, AuthSettings auth, SigningKeys keys)
    {
        options.TokenValidationParameters.ValidIssuer = auth.Issuer.AbsoluteUri;
        options.TokenValidationParameters.IssuerSigningKey = keys.Signing.Key;
        options.TokenValidationParameters.ValidTypes = ["at+jwt"];
    }

    private static void TrustExternal(
        JwtBearerOptions options,
        AuthSettings auth,
        IHostEnvironment environment
    )
    {
        options.ConfigurationManager = AuthorityKeys.At(
            auth.Authority!,
            requireHttps: !environment.IsDevelopment() && !auth.Authority!.IsLoopback
        );
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal = ForeignClaims.Translate(
                    context.Principal!,
                    auth,
                    JwtBearerDefaults.AuthenticationScheme
                );
                return Task.CompletedTask;
            },
        };
    }
}
