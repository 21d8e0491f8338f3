using Host.Edge;
using Host.Identity;
using Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Platform.Http;
using Platform.Pages;

namespace Host.Pages;

internal sealed record SignInView(
    string Back,
    string? Email,
    bool Failed,
    IReadOnlyList<(string Email, string Role)> Demo,
    string DemoPassword
);

internal sealed record RegisterView(string Back, string? Email, IReadOnlyList<string> Errors);

/// <summary>Signing in and out, and making a customer's account.</summary>
internal static class SignInPages
{
    private static readonly (string, string)[] Demo =
    [
        ("customer@demo.local", "Customer"),
        ("store@demo.local", "Store"),
        ("rider@demo.local", "Rider"),
        ("operator@demo.local", "Operator"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapPage("/sign-in", ShowSignIn);
        pages.MapForm("/sign-in", SignInAsync).RequireRateLimiting(TokenRateLimit.Policy);
        pages.MapForm("/sign-out", SignOutAsync);
        pages.MapPage("/register", ShowRegister);
        pages.MapForm("/register", RegisterAsync).RequireRateLimiting(TokenRateLimit.Policy);
    }

    private static IResult ShowSignIn(
        string? back,
        HttpContext http,
        HostSettings settings,
        IHostEnvironment environment
    )
    {
        LetFormsLeadOn(http, back, settings);
        return Page.Of<SignIn>(ViewOf(back, null, failed: false, environment));
    }

    /// <summary>
    /// Who signs in for one of our clients is sent on to it, and browsers hold a form to its page's policy on the
    /// whole way.
    /// </summary>
    private static void LetFormsLeadOn(HttpContext http, string? back, HostSettings settings)
    {
        if (back?.StartsWith(AuthorizationEndpoint.Path, StringComparison.Ordinal) == true)
            http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicyWithForms(
                settings.Auth.Clients.SelectMany(client => client.Sources)
            );
    }

    private static async Task<IResult> SignInAsync(
        PageForm form,
        HttpContext http,
        Passwords passwords,
        HostSettings settings,
        IHostEnvironment environment
    )
    {
        var account = await passwords.FindAsync(form["email"], form.Fields["password"], http.RequestAborted);
        if (account is null)
        {
            LetFormsLeadOn(http, form["back"], settings);
            var view = ViewOf(form["back"], form["email"], failed: true, environment);
            return Page.Of<SignIn>(view, StatusCodes.Status400BadRequest);
        }

        await Session.BeginAsync(http, account);
        return Page.SeeOther(PageRequests.Within(form["back"]));
    }

    public static async Task<IResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(Session.Scheme);
        return Page.SeeOther("/");
    }

    private static IResult ShowRegister(string? back) =>
        Page.Of<Register>(new RegisterView(PageRequests.Within(back), Email: null, []));

    private static async Task<IResult> RegisterAsync(
        PageForm form,
        HttpContext http,
        UserManager<Account> accounts,
        TimeProvider clock
    )
    {
        var back = PageRequests.Within(form["back"]);
        var account = new Account
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            UserName = form["email"],
            Email = form["email"],
            Role = Roles.Customer,
            LockoutEnabled = true,
        };
        var errors = await Registration.TryAsync(accounts, account, form.Fields["password"].ToString());
        if (errors.Count > 0)
        {
            return Page.Of<Register>(
                new RegisterView(back, form["email"], errors),
                StatusCodes.Status400BadRequest
            );
        }

        Notice.Leave(http, Words.Of(typeof(SignInPages).Assembly).Say(Registration.Done));
        return Page.SeeOther("/sign-in?back=" + Uri.EscapeDataString(back));
    }

    private static SignInView ViewOf(
        string? back,
        string? email,
        bool failed,
        IHostEnvironment environment
    ) =>
        new(
            PageRequests.Within(back),
            email,
            failed,
            environment.IsDevelopment() ? Demo : [],
            environment.IsDevelopment() ? DemoAccounts.Password : ""
        );
}
