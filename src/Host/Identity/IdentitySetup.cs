using Host.Pages;
using Host.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Platform.Http;

namespace Host.Identity;

/// <summary>Who calls: issuing tokens, unless an external issuer does, and verifying them.</summary>
internal static class IdentitySetup
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public static void AddIdentity(this WebApplicationBuilder builder, HostSettings settings)
    {
        var auth = settings.Auth;
        var services = builder.Services;
        services.AddSingleton(settings);
        var keys = auth.IsBuiltIn
            ? SigningKeys.Load(auth, settings.Database.Directory, TimeProvider.System)
            : null;
        services.AddSharedDataProtection(auth, settings.Database.Directory);
        services.AddTokenRateLimit(auth.TokenRequestsPerMinute);
        services.AddSingleton<ICallerTokens, CallerTokens>();
        if (keys is not null)
        {
            services.AddSingleton(keys);
            services.AddTokenServer(settings, keys, builder.Environment);
        }
        else if (auth.ClientId is not null)
        {
            services.AddSingleton<ISessions>(provider => new SessionFiles(
                Path.Combine(settings.Database.Directory, "sessions"),
                provider.GetRequiredService<TimeProvider>()
            ));
        }
        services.AddSession(builder.Environment);
        services.AddExternalSignIn(auth, builder.Environment);
        services.AddClientOrigins(auth.Clients);
        services.AddTokenVerification(auth, keys, builder.Environment);
        services.LeaveProtectionKeysForLater();
    }

    /// <summary>Goes behind routing, so that the rate limit sees the token endpoint before the token server does.</summary>
    public static void UseIdentity(this WebApplication app)
    {
        app.UseCors(ClientOrigins.Policy);
        app.UseRateLimiter();
        if (app.Services.GetService<IdentityPreparation>() is { } identity)
            app.UseWhen(
                IsForTokenServer,
                branch =>
                {
                    var reach = app.Services.GetRequiredService<IdentityReach>();
                    branch
                        .Use(next => http => WhenReadyAsync(http, identity, reach, next))
                        .Use(CountRequestAsync);
                }
            );
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapIdentity(this WebApplication app)
    {
        if (app.Services.GetService<IdentityPreparation>() is null)
            return;
        TokenEndpoint.Map(app);
        AuthorizationEndpoint.Map(app);
    }

    /// <summary>Refuses, before anything is served, an identity database that is not fit for this environment.</summary>
    /// <exception cref="Platform.Settings.SettingRefusedException">It is not.</exception>
    public static Task CheckIdentityAsync(this WebApplication app) =>
        app.Services.GetService<IdentityPreparation>()?.CheckAsync(CancellationToken.None)
        ?? Task.CompletedTask;

    /// <summary>
    /// Replicas share the keys of data protection in the identity database or, with an external issuer and so without
    /// one, in the data folder.
    /// </summary>
    private static void AddSharedDataProtection(
        this IServiceCollection services,
        AuthSettings auth,
        string directory
    )
    {
        var protection = services.AddDataProtection().SetApplicationName("monolith");
        if (auth.IsBuiltIn)
        {
            services
                .AddOptions<KeyManagementOptions>()
                .Configure<IServiceScopeFactory, TimeProvider>(
                    (keys, scopes, clock) => keys.XmlRepository = new ProtectionKeys(scopes, clock)
                );
        }
        else if (auth.ClientId is null)
        {
            // Nobody has a session here, and a cookie that somebody made up is not worth a folder.
            protection.UseEphemeralDataProtectionProvider();
        }
        else
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(directory, "keys")));
        }
    }

    /// <summary>
    /// Authentication, sessions, forms and the gateway bring data protection along, whose keys the framework makes or reads at every
    /// start. No answer of the API depends on them, so they are left for whoever first protects something.
    /// </summary>
    internal static void LeaveProtectionKeysForLater(this IServiceCollection services)
    {
        var atStart = services.Where(service =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Namespace == "Microsoft.AspNetCore.DataProtection.Internal"
        );
        foreach (var service in atStart.ToList())
            services.Remove(service);
    }

    private static bool IsForTokenServer(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/connect", StringComparison.OrdinalIgnoreCase)
        || HttpMethods.IsPost(http.Request.Method)
            && (
                http.Request.Path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase)
                || http.Request.Path.StartsWithSegments("/register", StringComparison.OrdinalIgnoreCase)
            );

    private static async Task WhenReadyAsync(
        HttpContext http,
        IdentityPreparation identity,
        IdentityReach reach,
        RequestDelegate next
    )
    {
        if (reach.IsAway || !await IsReadyAsync(identity, http.RequestAborted))
        {
            http.Response.Headers.RetryAfter = "5";
            await http.WriteProblemAsync(
                StatusCodes.Status503ServiceUnavailable,
                "identity_unavailable",
                "Tokens cannot be issued just now; those issued before are good."
            );
            return;
        }

        if (!await HasReadableFormAsync(http))
        {
            await http.WriteProblemAsync(
                StatusCodes.Status400BadRequest,
                "malformed_form",
                "The body is not a form that can be read."
            );
            return;
        }

        await next(http);
    }

    private static async Task<bool> IsReadyAsync(
        IdentityPreparation identity,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await identity.Ready.WaitAsync(LongestWait, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task CountRequestAsync(HttpContext http, RequestDelegate next)
    {
        var limit = http.RequestServices.GetRequiredService<HostSettings>().Auth.TokenRequestsPerMinute;
        var isForGrant = http.Request.Path.StartsWithSegments(
            AuthorizationEndpoint.Path,
            StringComparison.OrdinalIgnoreCase
        );
        if (
            !isForGrant && !HttpMethods.IsPost(http.Request.Method)
            || await TokenRateLimit.TakesAsync(http, limit, isForGrant)
        )
            await next(http);
    }

    /// <summary>The framework throws on %00, on too many fields and on parts cut short, and the token server does not catch it.</summary>
    private static async Task<bool> HasReadableFormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return true;
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return true;
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or InvalidDataException or IOException
                && exception is not BadHttpRequestException
            )
        {
            return false;
        }
    }
}
