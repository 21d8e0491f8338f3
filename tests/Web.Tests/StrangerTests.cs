using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Testing;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>
/// Who is signed in with a browser's session sees and does what is theirs, page by page and stream by stream, and the
/// answers tell browsers to hold others off.
/// </summary>
[Collection(Site.Visited)]
public sealed partial class StrangerTests(Site site)
{
    private static readonly string[] Fragments =
    [
        "/orders/figures",
        "/deliveries/figures",
        "/reviews/figures",
    ];

    [Fact]
    public async Task Anothers_pages_forms_and_streams_are_not_there_and_other_roles_are_refused()
    {
        using var deeds = await Deeds.OfAsync(site);
        var order = await deeds.PlaceAsync();
        var delivery = await deeds.CarryAsync(order);
        var shops = await deeds.Customer.GetFromJsonAsync<JsonElement>(
            "/api/stores?latitude=37.512&longitude=127.1"
        );
        var otherStore = shops
            .GetProperty("items")
            .EnumerateArray()
            .Select(shop => shop.GetProperty("storeId").GetGuid())
            .First(id => !Visitors.FirstStore.EndsWith($"{id}", StringComparison.Ordinal));
        using var stranger = await SignedInAsync("customer");
        using var keeper = await SignedInAsync("store");
        using var rider = await SignedInAsync("rider");
        using var nobody = Browser();

        string[] streams = [$"/api/orders/{order}/stream", $"/api/deliveries/by-order/{order}/stream"];
        foreach (var path in (string[])[$"/orders/{order}", $"/orders/{order}/progress", .. streams])
            await ShouldAnswerAsync(stranger, path, HttpStatusCode.NotFound);
        await ShouldAnswerAsync(
            stranger,
            $"/deliveries/of-order/{order}",
            HttpStatusCode.NotFound,
            "Kim Min-jun"
        );
        foreach (
            var path in (string[])
                [
                    "/store",
                    "/store/tickets",
                    "/store/menu",
                    "/store/hours",
                    "/reviews/of-my-store",
                    "/rider",
                    "/rider/now",
                    "/rider/earnings",
                    "/api/riders/me/stream",
                    "/api/riders/me/offers",
                    $"/api/stores/{otherStore}/orders/stream",
                    "/ops",
                    "/ops/now",
                    "/ops/stream",
                    "/ops/dead-letters",
                    "/ops/audit",
                    "/ops/modules/Reviews",
                    "/ops/modules/Reviews/home",
                    "/api/ops/modules",
                    .. Fragments,
                ]
        )
        {
            await ShouldAnswerAsync(stranger, path, HttpStatusCode.Forbidden);
            await ShouldAnswerAsync(nobody, path, HttpStatusCode.Unauthorized);
        }
        await ShouldAnswerAsync(keeper, $"/api/stores/{otherStore}/orders/stream", HttpStatusCode.Forbidden);
        await ShouldAnswerAsync(rider, "/ops/stream", HttpStatusCode.Forbidden);
        await ShouldAnswerAsync(rider, $"/orders/{order}", HttpStatusCode.NotFound);

        // Refused with a notice on the page that it came from; that the food is brought below shows it.
        (await SendAsync(stranger, $"/orders/{order}/cancel")).ShouldBe(HttpStatusCode.SeeOther);
        (await SendAsync(stranger, $"/store/orders/{order}/accept")).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(stranger, $"/rider/deliveries/{delivery}/deliver")).ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await SendAsync(keeper, "/ops/modules/reviews/pause")).ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(rider, $"/rider/deliveries/{delivery}/deliver")).ShouldBe(HttpStatusCode.SeeOther);
        await Eventually.HoldsAsync(
            async () =>
                (await deeds.Customer.GetStringAsync($"/api/orders/{order}")).Contains(
                    "\"status\":\"Delivered\"",
                    StringComparison.Ordinal
                ),
            "the order was brought, whatever strangers tried"
        );
    }

    [Fact]
    public async Task Pages_and_cookies_hold_others_off()
    {
        using var http = Browser();
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var signedIn = await SignInAsync(http, "customer");
        var cookie = signedIn
            .Headers.GetValues("Set-Cookie")
            .Single(one => one.StartsWith("session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        foreach (
            var path in (string[])
                [
                    "/stores",
                    Visitors.FirstStore,
                    "/orders",
                    "/orders/basket",
                    "/nothing-here",
                    "/sign-in",
                    "/docs/",
                    "/docs/streams",
                ]
        )
        {
            using var page = await http.GetAsync(path);
            var policy = page.Headers.GetValues("Content-Security-Policy").Single();
            ScriptsOf(policy).ShouldNotContain("unsafe", customMessage: path);
            policy.ShouldContain("frame-ancestors 'none'");
            page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            page.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
            page.Headers.Contains("Referrer-Policy").ShouldBeTrue(path);
            if (path != "/docs/")
                Inline().Matches(await page.Content.ReadAsStringAsync()).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task The_description_of_the_API_runs_under_its_policy()
    {
        await using var visitors = new Visitors(site, "en", 1280, 800);
        var reader = await visitors.AnybodyAsync();
        await reader.GotoAsync("/docs");
        await reader.WaitForSelectorAsync(
            "text=Exchanges credentials for an access token >> nth=0",
            new() { State = Microsoft.Playwright.WaitForSelectorState.Attached }
        );
        visitors.Complaints.ShouldBeEmpty();
    }

    private static string ScriptsOf(string policy) =>
        policy
            .Split(';', StringSplitOptions.TrimEntries)
            .OrderBy(rule => !rule.StartsWith("script-src", StringComparison.Ordinal))
            .First();

    /// <summary>Scripts within a page, and handlers in attributes; data that a script reads is none.</summary>
    [GeneratedRegex(
        """<script(?![^>]*\b(src=|type="application/json"))|\son[a-z]+=["']""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Inline();

    private static async Task ShouldAnswerAsync(
        HttpClient http,
        string path,
        HttpStatusCode status,
        string? without = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(
            path.EndsWith("/stream", StringComparison.Ordinal) ? "text/event-stream" : "application/json"
        );
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (without is not null && answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent)
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain(without, customMessage: path);
        else
            answer.StatusCode.ShouldBe(status, path);
    }

    private async Task<HttpStatusCode> SendAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([]),
        };
        request.Headers.Add("Origin", site.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private HttpClient Browser() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = site.Address };

    private async Task<HttpClient> SignedInAsync(string account)
    {
        var http = Browser();
        (await SignInAsync(http, account)).Dispose();
        return http;
    }

    private async Task<HttpResponseMessage> SignInAsync(HttpClient http, string account)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["email"] = $"{account}@demo.local",
                    ["password"] = "Demo-1234!",
                }
            ),
        };
        request.Headers.Add("Origin", site.Address.GetLeftPart(UriPartial.Authority));
        var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, account);
        return answer;
    }
}
