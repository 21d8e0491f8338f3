using System.Net;
using System.Net.Http.Headers;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>Who gets in, what every answer carries, and what only this machine may read.</summary>
public sealed class EdgeTests(BadRequestTests.Edge edge) : IClassFixture<BadRequestTests.Edge>
{
    private EdgeHost Host => edge.Host;

    [Fact]
    public async Task A_token_of_the_role_gets_in()
    {
        using var answer = await GetAsync("/test/mine", Host.Token("customer"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_of_another_role_is_403()
    {
        using var answer = await GetAsync("/test/mine", Host.Token("rider"));

        await answer.ShouldBeProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task No_token_is_401_and_says_which_scheme_to_use()
    {
        using var answer = await GetAsync("/test/mine", token: null);

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
        answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
    }

    [Fact]
    public async Task An_expired_token_is_401()
    {
        using var answer = await GetAsync("/test/mine", Host.Token("customer", age: TimeSpan.FromHours(2)));

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
    }

    [Fact]
    public async Task A_token_signed_by_somebody_else_is_401()
    {
        using var answer = await GetAsync("/test/mine", Host.Token("operator", strange: true));

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_for_another_audience_is_401()
    {
        using var answer = await GetAsync("/test/mine", Host.Token("customer", audience: "elsewhere"));

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiJ4Iiwicm9sZSI6Im9wZXJhdG9yIn0.")]
    public async Task Rubbish_for_a_token_is_401(string token)
    {
        using var answer = await GetAsync("/test/mine", token);

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token()
    {
        using var tokens = await Host.Http.AskForTokenAsync("customer@demo.local", scope: "offline_access");
        var refresh = (await tokens.ReadJsonAsync()).GetProperty("refresh_token").GetString();

        using var answer = await GetAsync("/test/mine", refresh);

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task An_endpoint_that_does_not_say_who_may_call_it_is_closed()
    {
        using var anonymous = await GetAsync("/test/forgotten", token: null);
        using var signedIn = await GetAsync("/test/forgotten", Host.Token("rider"));

        await anonymous.ShouldBeProblemAsync(401, "unauthenticated");
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/test/nothing")]
    [InlineData("/test/failing")]
    public async Task Every_answer_carries_the_security_headers_and_none_names_the_server(string path)
    {
        using var answer = await GetAsync(path, token: null);

        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        answer.Headers.Server.ShouldBeEmpty();
    }

    [Fact]
    public async Task Readiness_has_an_entry_for_identity()
    {
        await Host.Http.TokenOfAsync("rider@demo.local");

        using var answer = await GetAsync("/health/ready", token: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await answer.ReadJsonAsync();
        body.GetProperty("status").GetString().ShouldBe("Healthy");
        body.GetProperty("entries")
            .GetProperty("Identity")
            .GetProperty("status")
            .GetString()
            .ShouldBe("Healthy");
    }

    [Fact]
    public async Task The_description_has_the_paths_the_scheme_and_the_refusals()
    {
        using var answer = await GetAsync("/openapi/v1.json", token: null);

        var document = await answer.ReadJsonAsync();
        var place = document.GetProperty("paths").GetProperty("/test/orders").GetProperty("post");
        place.GetProperty("responses").TryGetProperty("415", out _).ShouldBeTrue();
        var mine = document.GetProperty("paths").GetProperty("/test/mine").GetProperty("get");
        mine.GetProperty("responses").TryGetProperty("401", out _).ShouldBeTrue();
        mine.GetProperty("security")[0].TryGetProperty("bearer", out _).ShouldBeTrue();
        place.TryGetProperty("security", out _).ShouldBeFalse();
        document.GetProperty("paths").TryGetProperty("/connect/token", out _).ShouldBeTrue();
        document.GetProperty("paths").TryGetProperty("/metrics", out _).ShouldBeTrue();
        document.GetProperty("paths").TryGetProperty("/health/ready", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_page_that_shows_it_needs_nothing_from_elsewhere()
    {
        using var page = await GetAsync("/docs/", token: null);
        var html = await page.Content.ReadAsStringAsync();
        using var script = await GetAsync("/docs/scalar.js", token: null);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        html.ShouldNotContain("http://");
        html.ShouldNotContain("https://");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
        script.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Host.Http.SendAsync(request);
    }
}
