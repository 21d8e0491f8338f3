using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Host.Settings;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Http;

namespace Host.Identity;

/// <summary>
/// Verifies access tokens the way a module's own process would: signature, issuer, audience, lifetime, nothing
/// else, and no database. Only where the keys come from differs: the built-in issuer's are at hand here, and are
/// fetched from its published ones elsewhere.
/// </summary>
internal static class TokenVerification
{
    private static readonly string[] KnownRoles = [Roles.Customer, Roles.Store, Roles.Rider, Roles.Operator];

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
        options.Authority = auth.Authority!.AbsoluteUri;
        options.RequireHttpsMetadata = !environment.IsDevelopment() && !auth.Authority.IsLoopback;
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal = Translate(context.Principal!, auth);
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>
    /// Reads an external issuer's claims as the platform's: the first role that is one of ours, the store, and
    /// the subject. Users are told apart by UUID here, so any other subject is hashed into one, always the same.
    /// </summary>
    private static ClaimsPrincipal Translate(ClaimsPrincipal theirs, AuthSettings auth)
    {
        var claims = new List<Claim>();
        if (theirs.FindFirstValue(JwtRegisteredClaimNames.Sub) is { Length: > 0 } subject)
        {
            var id = Guid.TryParse(subject, out var uuid) ? uuid : IdOf(auth.Authority!, subject);
            claims.Add(new Claim(JwtRegisteredClaimNames.Sub, id.ToString()));
        }

        if (
            theirs.FindAll(auth.RoleClaim).FirstOrDefault(claim => KnownRoles.Contains(claim.Value)) is
            { } role
        )
            claims.Add(new Claim("role", role.Value));
        if (theirs.FindFirstValue(auth.StoreClaim) is { Length: > 0 } store)
            claims.Add(new Claim(Caller.StoreIdClaim, store));
        return new ClaimsPrincipal(
            new ClaimsIdentity(
                claims,
                JwtBearerDefaults.AuthenticationScheme,
                JwtRegisteredClaimNames.Sub,
                "role"
            )
        );
    }

    private static Guid IdOf(Uri issuer, string subject)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer.AbsoluteUri}\n{subject}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
