using System.Net;
using System.Net.Http.Headers;
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
