using System.Security.Claims;
using Host.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Platform.Http;

namespace Host.Pages;

/// <summary>
/// How a person in a browser is known: a cookie that holds what a token would. Programs go on sending tokens; which
/// of the two a request is judged by is decided here, once.
/// </summary>
internal static class Session
{
    public const string Scheme = "Session";
    public const string CookieName = "session";
    private const string Selecting = "SessionOrToken";
    private const string IdClaim = "sid";

    /// <summary>After how long without a request a person has to sign in again.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>After how long they have to in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static void AddSession(this IServiceCollection services, IHostEnvironment environment)
    {
        services
            .AddAuthentication(Selecting)
            .AddPolicyScheme(
                Selecting,
                displayName: null,
                options => options.ForwardDefaultSelector = http => SchemeOf(http.Request)
            )
            .AddCookie(
                Scheme,
                options =>
                {
                    options.Cookie.Name = CookieName;
                    options.Cookie.HttpOnly = true;
                    options.Cookie.SameSite = SameSiteMode.Lax;
                    options.Cookie.SecurePolicy = SecureIn(environment);
                    options.ExpireTimeSpan = Idle;
                    options.SlidingExpiration = true;
                    options.Events.OnSigningIn = RegisterAsync;
                    options.Events.OnValidatePrincipal = CheckAsync;
                    options.Events.OnSigningOut = EndAsync;
                    options.Events.OnRedirectToLogin = AskToSignIn;
                    options.Events.OnRedirectToAccessDenied = Refuse;
                }
            );
    }

    /// <summary>When cookies may go without encryption: on a developer's machine only.</summary>
    public static CookieSecurePolicy SecureIn(IHostEnvironment environment) =>
        environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    public static Task BeginAsync(HttpContext http, Account account)
    {
        var identity = new ClaimsIdentity(Scheme, "sub", "role");
        identity.AddClaim(new Claim("sub", account.Id.ToString()));
        identity.AddClaim(new Claim("role", account.Role));
        identity.AddClaim(new Claim("email", account.Email ?? ""));
        if (account.StoreId is { } storeId)
            identity.AddClaim(new Claim(Caller.StoreIdClaim, storeId.ToString()));
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Whether the session that a request came with goes on.</summary>
    private static async Task<bool> GoesOnAsync(HttpContext http, ClaimsPrincipal person) =>
        IdOf(person) is { } id
        && http.RequestServices.GetService<ISessions>() is { } sessions
        && await sessions.GoesOnAsync(id, person, http.RequestAborted);

    private static Task RegisterAsync(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var id = Guid.CreateVersion7(now);
        ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim(IdClaim, id.ToString()));
        return http
            .RequestServices.GetRequiredService<ISessions>()
            .BeginAsync(id, context.Principal, now + Longest, http.RequestAborted);
    }

    private static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        if (!await GoesOnAsync(context.HttpContext, context.Principal!))
            context.RejectPrincipal();
    }

    private static Task EndAsync(CookieSigningOutContext context)
    {
        var http = context.HttpContext;
        return IdOf(http.User) is { } id
            ? http.RequestServices.GetRequiredService<ISessions>().EndAsync(id, CancellationToken.None)
            : Task.CompletedTask;
    }

    /// <summary>The session of a person in a browser.</summary>
    public static Guid? IdOf(ClaimsPrincipal person) =>
        Guid.TryParse(person.FindFirstValue(IdClaim), out var id) ? id : null;

    private static string SchemeOf(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 ? JwtBearerDefaults.AuthenticationScheme
        : request.Cookies.ContainsKey(CookieName) || request.WantsPage() ? Scheme
        : JwtBearerDefaults.AuthenticationScheme;

    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (!request.WantsPage() || request.IsForFragment())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var back = HttpMethods.IsGet(request.Method)
            ? request.Path + request.QueryString
            : request.CameFrom();
        context.Response.Redirect("/sign-in?back=" + Uri.EscapeDataString(back));
        return Task.CompletedTask;
    }

    private static Task Refuse(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
