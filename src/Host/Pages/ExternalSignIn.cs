using System.Security.Claims;
using Host.Identity;
using Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Platform.Pages;

namespace Host.Pages;

/// <summary>
/// Signs people in with an external issuer: there by redirect, back with a code, which PKCE ties to this browser.
/// What comes of it is the same session as that of the site's own page, with roles read as the API reads them.
/// </summary>
internal static class ExternalSignIn
{
    public const string CallbackPath = "/sign-in/callback";
    private const string Scheme = "ExternalIssuer";
    private const string Email = "email";

    /// <summary>Where what a sign-in under way is known by is sent to: where others begin, too.</summary>
    private const string CookiePath = "/sign-in";
    private const string Correlation = "sign-in.correlation.";
    private const string Nonce = "sign-in.nonce.";

    /// <summary>How long the issuer may take to give tokens for a code.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>As many as somebody may have begun in as many tabs. Each has two cookies.</summary>
    private const int MostUnderWay = 4;

    public static void AddExternalSignIn(
        this IServiceCollection services,
        AuthSettings auth,
        IHostEnvironment environment
    )
    {
        if (auth.ClientId is null)
            return;
        services
            .AddAuthentication()
            .AddOpenIdConnect(Scheme, options => Configure(options, auth, environment));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapPage("/sign-in", GoThere);
        pages.MapForm("/sign-out", SignInPages.SignOutAsync);
    }

    private static IResult GoThere(string? back, HttpContext http)
    {
        MakeRoom(http);
        return Results.Challenge(
            new AuthenticationProperties { RedirectUri = PageRequests.Within(back) },
            [Scheme]
        );
    }

    /// <summary>
    /// Sign-ins that were begun and not finished leave cookies behind, which in the end are more than a request may
    /// have. Browsers send the oldest first, so those go.
    /// </summary>
    private static void MakeRoom(HttpContext http)
    {
        var sent = http
            .Request.Headers.Cookie.SelectMany(line =>
                (line ?? "").Split(';', StringSplitOptions.TrimEntries)
            )
            .Select(cookie => cookie.Split('=')[0])
            .ToList();
        foreach (var prefix in (string[])[Correlation, Nonce])
        {
            var ours = sent.FindAll(name => name.StartsWith(prefix, StringComparison.Ordinal));
            foreach (var old in ours.Take(Math.Max(0, ours.Count - MostUnderWay + 1)))
                http.Response.Cookies.Delete(old, new CookieOptions { Path = CookiePath });
        }
    }

    private static void Configure(
        OpenIdConnectOptions options,
        AuthSettings auth,
        IHostEnvironment environment
    )
    {
        options.Authority = auth.Authority!.AbsoluteUri;
        options.RequireHttpsMetadata = !environment.IsDevelopment() && !auth.Authority.IsLoopback;
        options.ConfigurationManager = AuthorityKeys.At(auth.Authority, options.RequireHttpsMetadata);
        options.BackchannelTimeout = AnswerWithin;
        options.ClientId = auth.ClientId;
        options.ClientSecret = auth.ClientSecret;
        options.SignInScheme = Session.Scheme;
        options.CallbackPath = CallbackPath;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // By a form, the answer would be a request from another site, which this one refuses.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.Scope.Add(Email);
        options.CorrelationCookie.Name = Correlation;
        options.NonceCookie.Name = Nonce;
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.Path = CookiePath;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = Session.SecureIn(environment);
        }

        options.Events = new OpenIdConnectEvents
        {
            OnTokenValidated = context =>
            {
                context.Principal = Translate(context.Principal!, auth);
                return Task.CompletedTask;
            },
            OnRemoteFailure = TellAsync,
        };
    }

    private static ClaimsPrincipal Translate(ClaimsPrincipal theirs, AuthSettings auth)
    {
        var ours = ForeignClaims.Translate(theirs, auth, Session.Scheme);
        if (theirs.FindFirstValue(JwtRegisteredClaimNames.Email) is { Length: > 0 } email)
            ((ClaimsIdentity)ours.Identity!).AddClaim(new Claim(Email, email));
        return ours;
    }

    /// <summary>Whoever gave up there, or took too long, is where they were, and told so.</summary>
    private static Task TellAsync(RemoteFailureContext context)
    {
        Notice.Leave(
            context.HttpContext,
            Words.Of(typeof(ExternalSignIn).Assembly).Say("You were not signed in. Please try again.")
        );
        context.Response.Redirect("/");
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
