using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>
/// A site whose people an external issuer knows: one host is the issuer, another the site. They are of different
/// origins, and names, so that the browser holds their cookies and policies apart.
/// </summary>
[Collection(Site.Visited)]
public sealed class ExternalSignInTests(Site site) : IAsyncLifetime
{
    private readonly int _issuerPort = FreePort();
    private readonly int _sitePort = FreePort();
    private WebHost _issuer = null!;
    private WebHost _site = null!;

    public async ValueTask InitializeAsync()
    {
        var issuer = $"http://localhost:{_issuerPort}";
        _issuer = await WebHost.StartAsync(
            $"--urls=http://127.0.0.1:{_issuerPort}",
            $"--Auth:Issuer={issuer}",
            $"--Auth:Clients:the-site:RedirectUris:0=http://127.0.0.1:{_sitePort}/sign-in/callback"
        );
        _site = await WebHost.StartAsync(
            $"--urls=http://127.0.0.1:{_sitePort}",
            $"--Auth:Authority={issuer}",
            "--Auth:Audience=monolith-api",
            "--Auth:ClientId=the-site"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Signing_in_leads_to_the_issuer_and_back_to_the_page_with_the_issuers_role()
    {
        await using var visitors = new Visitors(site, "en", 1280, 800, _site.Address);
        var page = await visitors.AnybodyAsync();
        await page.GotoAsync("/rider/earnings");
        page.Url.ShouldStartWith($"http://localhost:{_issuerPort}/sign-in");

        await Visitors.SignInAsync(page, "rider");

        await Visitors.ArriveAsync(page, $"127.0.0.1:{_sitePort}/rider/earnings");
        visitors.Complaints.ShouldBeEmpty();
        (await page.GotoAsync("/ops"))!.Status.ShouldBe((int)HttpStatusCode.Forbidden);
        await page.ClickAsync("form[action='/sign-out'] button");
        await page.WaitForSelectorAsync("a[href^='/sign-in']");
    }

    [Fact]
    public async Task Who_is_known_there_is_not_asked_again_and_a_forged_answer_signs_nobody_in()
    {
        await using var visitors = new Visitors(site, "en", 1280, 800, _site.Address);
        var page = await visitors.AnybodyAsync();
        await page.GotoAsync($"http://localhost:{_issuerPort}/sign-in");
        await Visitors.SignInAsync(page, "operator");

        await page.GotoAsync($"http://127.0.0.1:{_sitePort}/ops");

        page.Url.ShouldBe($"http://127.0.0.1:{_sitePort}/ops");
        await page.WaitForSelectorAsync("h1");
        var stranger = await visitors.AnybodyAsync();
        await stranger.GotoAsync("/sign-in/callback?code=stolen&state=made-up");
        await stranger.WaitForSelectorAsync("text=You were not signed in.");
        await stranger.WaitForSelectorAsync("a[href^='/sign-in']");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
