using System.Net;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>Every page by itself: that it is there for whom it is meant, fit for everybody, and in both themes.</summary>
[Collection(Site.Visited)]
public sealed class PageTests(Site site)
{
    private static readonly (string Account, string[] Paths)[] Places =
    [
        (
            "",
            [
                "/stores",
                "/stores/0199c000-0000-7000-8000-000000000101",
                "/orders/basket",
                "/sign-in",
                "/register",
            ]
        ),
        ("customer", ["/orders", "/reviews/mine"]),
        ("store", ["/store", "/store/menu", "/store/menu/new", "/store/hours", "/reviews/of-my-store"]),
        ("rider", ["/rider", "/rider/earnings"]),
        (
            "operator",
            [
                "/ops",
                "/ops/score-card",
                "/ops/dead-letters",
                "/ops/audit",
                "/ops/modules/Reviews",
                "/ops/modules/Riders?to=http://127.0.0.1:9",
                "/orders",
            ]
        ),
    ];

    [Theory]
    [InlineData("en", 1280, 800, "light")]
    [InlineData("ko", 390, 844, "dark")]
    public async Task Every_page_is_there_without_complaint_and_accessible(
        string language,
        int width,
        int height,
        string theme
    )
    {
        await using var visitors = new Visitors(site, language, width, height);
        foreach (var (account, paths) in Places)
        {
            var page = account.Length == 0 ? await visitors.AnybodyAsync() : await visitors.AsAsync(account);
            await page.EmulateMediaAsync(
                new()
                {
                    ColorScheme =
                        theme == "dark"
                            ? Microsoft.Playwright.ColorScheme.Dark
                            : Microsoft.Playwright.ColorScheme.Light,
                }
            );
            foreach (var path in paths)
            {
                await page.GotoAsync(path);
                (await page.GetAttributeAsync("html", "lang")).ShouldBe(language);
                await Visitors.ShouldBeAccessibleAsync(page);
                await Visitors.ShootAsync(
                    page,
                    $"{account}{path.Replace('/', '-')[..Math.Min(24, path.Length)]}-{language}-{theme}"
                );
            }
        }
        visitors.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_opens_anothers_page_and_no_other_site_sends_a_form()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = site.Address,
        };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        (await http.GetAsync("/orders")).Headers.Location!.ToString().ShouldStartWith("/sign-in?back=");
        (await PostAsync(http, "/sign-in", origin: null)).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(http, "/sign-in", "https://elsewhere.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(http, "/sign-in", site.Address.GetLeftPart(UriPartial.Authority))).ShouldBe(
            HttpStatusCode.SeeOther
        );
        (await http.GetAsync("/orders")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/store", "/rider", "/ops" })
            (await http.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        var unknown = $"/orders/{Guid.CreateVersion7()}";
        (await http.GetAsync(unknown)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var call = await http.PostAsync(
            "/api/reviews",
            new StringContent("{}", null, "application/json")
        );
        call.StatusCode.ShouldBe(
            HttpStatusCode.Forbidden,
            "a cookie alone is no proof that the visitor meant it"
        );
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string path, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["email"] = "customer@demo.local",
                    ["password"] = "Demo-1234!",
                }
            ),
        };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return (await http.SendAsync(request)).StatusCode;
    }
}
