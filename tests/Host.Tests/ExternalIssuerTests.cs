using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>Tokens of one process are good in another that knows no more than where their issuer is.</summary>
public sealed class ExternalIssuerTests
{
    [Fact]
    public async Task Another_process_takes_the_tokens_by_the_published_keys_alone()
    {
        await using var issuer = await EdgeHost.StartAsync();
        await using var module = await TrustingAsync(issuer, "monolith-api");
        var customer = await issuer.Http.TokenOfAsync("customer@demo.local");
        var rider = await issuer.Http.TokenOfAsync("rider@demo.local");

        using var welcome = await GetMineAsync(module, customer);
        using var wrongRole = await GetMineAsync(module, rider);
        using var forged = await GetMineAsync(module, issuer.Token("customer", strange: true));

        welcome.StatusCode.ShouldBe(HttpStatusCode.OK);
        await wrongRole.ShouldBeProblemAsync(403, "forbidden");
        await forged.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Tokens_for_another_audience_are_refused()
    {
        await using var issuer = await EdgeHost.StartAsync();
        await using var module = await TrustingAsync(issuer, "something-else");

        using var answer = await GetMineAsync(module, await issuer.Http.TokenOfAsync("customer@demo.local"));

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_host_with_an_external_issuer_issues_nothing_itself()
    {
        await using var issuer = await EdgeHost.StartAsync();
        await using var module = await TrustingAsync(issuer, "monolith-api");

        using var token = await module.Http.AskForTokenAsync("customer@demo.local");
        using var keys = await module.Http.GetAsync("/.well-known/jwks");

        await token.ShouldBeProblemAsync(404, "not_found");
        await keys.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Roles_and_stores_are_read_from_the_claims_that_configuration_names()
    {
        await using var issuer = await EdgeHost.StartAsync();
        await using var module = await TrustingAsync(
            issuer,
            "monolith-api",
            "--Auth:RoleClaim=groups",
            "--Auth:StoreClaim=shop"
        );
        var store = Guid.Parse("0199c000-0000-7000-8000-000000000101");
        var theirs = issuer.Token(
            "ignored",
            claims: new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = "auth0|12345",
                ["groups"] = new List<string> { "staff", "customer" },
                ["shop"] = store.ToString(),
            }
        );

        using var first = await GetMineAsync(module, theirs);
        using var second = await GetMineAsync(module, theirs);

        var caller = await first.ReadJsonAsync();
        caller.GetProperty("role").GetString().ShouldBe("customer");
        caller.GetProperty("storeId").GetGuid().ShouldBe(store);
        caller.GetProperty("userId").GetGuid().ShouldNotBe(Guid.Empty);
        (await second.ReadJsonAsync())
            .GetProperty("userId")
            .GetGuid()
            .ShouldBe(caller.GetProperty("userId").GetGuid());
    }

    [Fact, Trait("Fault", "E9")]
    public async Task Sign_ins_that_were_begun_and_not_finished_make_room_for_new_ones()
    {
        var address = $"http://127.0.0.1:{Balancer.FreePort()}";
        await using var issuer = await EdgeHost.StartAsync(
            "Development",
            $"--urls={address}",
            $"--Auth:Issuer={address}"
        );
        await using var site = await TrustingAsync(issuer, "monolith-api", "--Auth:ClientId=site");
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        using var browser = new HttpClient(handler) { BaseAddress = site.Http.BaseAddress };
        for (var begun = 0; begun < 60; begun++)
        {
            using var answer = await browser.GetAsync("/sign-in?back=/orders");
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        using var back = await browser.GetAsync("/sign-in/callback?code=made-up&state=made-up");

        back.StatusCode.ShouldBe(
            HttpStatusCode.Redirect,
            "it was refused, and its browser sent to the start"
        );
        cookies.GetCookies(new Uri(browser.BaseAddress!, "/sign-in/callback")).Count.ShouldBeInRange(2, 9);
    }

    [Fact, Trait("Fault", "E2")]
    public async Task While_the_issuer_does_not_answer_requests_are_told_so_soon_and_the_log_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var module = await EdgeHost.StartAsync(
            "Development",
            $"--Auth:Authority=http://{silent.LocalEndpoint}",
            "--Auth:Audience=monolith-api"
        );
        var since = Stopwatch.StartNew();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => GetMineAsync(module, "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"))
        );

        foreach (var answer in answers)
            await answer.ShouldBeProblemAsync(503, "unavailable");
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        var told = module.Log.Lines.Where(line => line.Contains("issuer at", StringComparison.Ordinal));
        told.Count().ShouldBe(1);
        module.Log.Lines.ShouldAllBe(line => !line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact, Trait("Fault", "E7")]
    public async Task Who_only_verifies_tokens_needs_no_folder()
    {
        await using var issuer = await EdgeHost.StartAsync();
        await using var module = await TrustingAsync(
            issuer,
            "monolith-api",
            "--Database:Directory=/proc/nowhere",
            "--Modules:Orders:Placement=Off"
        );

        using var answer = await GetMineAsync(module, await issuer.Http.TokenOfAsync("customer@demo.local"));
        using var forged = await module.GetAsync("/test/forgotten", "session=made-up");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        forged.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static Task<EdgeHost> TrustingAsync(
        EdgeHost issuer,
        string audience,
        params IReadOnlyList<string> arguments
    ) =>
        EdgeHost.StartAsync(
            "Development",
            [$"--Auth:Authority={issuer.Http.BaseAddress}", $"--Auth:Audience={audience}", .. arguments]
        );

    private static async Task<HttpResponseMessage> GetMineAsync(EdgeHost host, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/test/mine");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.Http.SendAsync(request);
    }
}
