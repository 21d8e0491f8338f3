using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Host.Tests.Running;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Modules;

namespace Host.Tests;

/// <summary>Tokens that another process can verify, and who gets one.</summary>
public sealed class IdentityTests(IdentityTests.Development development)
    : IClassFixture<IdentityTests.Development>
{
    private HttpClient Http => development.Host.Http;

    [Theory]
    [InlineData("customer@demo.local", "customer")]
    [InlineData("customer2@demo.local", "customer")]
    [InlineData("store@demo.local", "store")]
    [InlineData("rider@demo.local", "rider")]
    [InlineData("operator@demo.local", "operator")]
    public async Task Each_demo_account_gets_a_token_with_its_role(string name, string role)
    {
        var token = new JsonWebToken(await Http.TokenOfAsync(name));

        token.GetClaim("role").Value.ShouldBe(role);
        token.TryGetClaim("store_id", out _).ShouldBe(role == "store");
        Guid.TryParse(token.Subject, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_demo_accounts_have_the_ids_that_the_modules_know()
    {
        var customer = new JsonWebToken(await Http.TokenOfAsync("customer@demo.local"));
        var store = new JsonWebToken(await Http.TokenOfAsync("store@demo.local"));
        var rider = new JsonWebToken(await Http.TokenOfAsync("rider@demo.local"));

        customer.Subject.ShouldBe(DemoIds.Customer.ToString());
        store.Subject.ShouldBe(DemoIds.StoreKeeper.ToString());
        store.GetClaim("store_id").Value.ShouldBe(DemoIds.FirstStore.ToString());
        rider.Subject.ShouldBe(DemoIds.Rider.ToString());
    }

    [Fact]
    public async Task A_token_is_verified_with_nothing_but_the_published_keys()
    {
        var token = await Http.TokenOfAsync("rider@demo.local");
        var discovery = await Http.GetFromJsonAsync<JsonElement>("/.well-known/openid-configuration");
        var keys = await Http.GetStringAsync(
            new Uri(discovery.GetProperty("jwks_uri").GetString()!).PathAndQuery
        );
        keys.ShouldNotContain("\"d\"");

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = discovery.GetProperty("issuer").GetString(),
                ValidAudience = "monolith-api",
                ValidTypes = ["at+jwt"],
                IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
            }
        );

        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        result.Claims["role"].ShouldBe("rider");
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost:5080")]
    public async Task What_the_issuer_publishes_is_at_its_own_address_whatever_host_a_request_names(
        string host
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration");
        request.Headers.Host = host;

        using var answer = await Http.SendAsync(request);

        var discovery = await answer.ReadJsonAsync();
        discovery.GetProperty("issuer").GetString().ShouldBe("http://localhost:5080/");
        foreach (
            var (name, path) in ((string, string)[])
                [
                    ("jwks_uri", "/.well-known/jwks"),
                    ("token_endpoint", "/connect/token"),
                    ("authorization_endpoint", "/connect/authorize"),
                ]
        )
        {
            discovery.GetProperty(name).GetString().ShouldBe($"http://localhost:5080{path}");
        }
        discovery.ToString().ShouldNotContain("evil.example");
    }

    [Fact]
    public async Task A_wrong_password_is_an_invalid_grant()
    {
        using var answer = await Http.AskForTokenAsync("customer@demo.local", "wrong");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ReadJsonAsync()).GetProperty("error").GetString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task An_unknown_name_is_answered_like_a_wrong_password()
    {
        using var unknown = await Http.AskForTokenAsync("nobody@demo.local", "wrong");
        using var wrong = await Http.AskForTokenAsync("operator@demo.local", "wrong");

        unknown.StatusCode.ShouldBe(wrong.StatusCode);
        (await unknown.Content.ReadAsStringAsync()).ShouldBe(await wrong.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Repeated_failures_lock_the_account_even_for_the_right_password()
    {
        using var folder = new DataFolder();
        await using var host = await HostProcess.StartAsync(folder);
        for (var attempt = 0; attempt < 5; attempt++)
            (await host.Http.AskForTokenAsync("rider@demo.local", "wrong")).Dispose();

        using var answer = await host.Http.AskForTokenAsync("rider@demo.local");
        using var somebodyElse = await host.Http.AskForTokenAsync("customer@demo.local");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        somebodyElse.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", "application/x-www-form-urlencoded")]
    [InlineData("grant_type=password", "application/x-www-form-urlencoded")]
    [InlineData("grant_type=password&client_id=monolith-cli", "application/x-www-form-urlencoded")]
    [InlineData(
        "grant_type=password&client_id=other&username=a&password=b",
        "application/x-www-form-urlencoded"
    )]
    [InlineData("grant_type=magic&client_id=monolith-cli", "application/x-www-form-urlencoded")]
    [InlineData(
        "grant_type=refresh_token&client_id=monolith-cli&refresh_token=x",
        "application/x-www-form-urlencoded"
    )]
    [InlineData("grant_type=client_credentials&client_id=monolith-cli", "application/x-www-form-urlencoded")]
    [InlineData(
        "grant_type=password&grant_type=password&client_id=monolith-cli",
        "application/x-www-form-urlencoded"
    )]
    [InlineData("%%%&&&===\u0001", "application/x-www-form-urlencoded")]
    [InlineData(
        "grant_type=password&client_id=monolith-cli&username=%00&password=%00",
        "application/x-www-form-urlencoded"
    )]
    [InlineData("{\"grant_type\":\"password\"}", "application/json")]
    [InlineData("rubbish", "multipart/form-data; boundary=x")]
    public async Task Rubbish_at_the_token_endpoint_is_refused_and_never_a_failure_of_ours(
        string body,
        string type
    )
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await Http.PostAsync("/connect/token", content);

        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
    }

    [Fact]
    public async Task A_refresh_token_is_exchanged_for_a_new_access_token()
    {
        using var first = await Http.AskForTokenAsync("rider@demo.local", scope: "offline_access");
        var refresh = (await first.ReadJsonAsync()).GetProperty("refresh_token").GetString()!;
        using var content = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "refresh_token",
                ["client_id"] = "monolith-cli",
                ["refresh_token"] = refresh,
            }
        );

        using var second = await Http.PostAsync("/connect/token", content);

        var token = new JsonWebToken((await second.ReadJsonAsync()).GetProperty("access_token").GetString());
        token.Subject.ShouldBe(DemoIds.Rider.ToString());
    }

    [Fact]
    public async Task Tokens_and_accounts_survive_a_restart()
    {
        using var folder = new DataFolder();
        string token;
        string keys;
        await using (var first = await HostProcess.StartAsync(folder))
        {
            token = await first.Http.TokenOfAsync("customer@demo.local");
            keys = await first.Http.GetStringAsync("/.well-known/jwks");
        }

        await using var second = await HostProcess.StartAsync(folder);

        (await second.Http.GetStringAsync("/.well-known/jwks")).ShouldBe(keys);
        new JsonWebToken(await second.Http.TokenOfAsync("customer@demo.local")).Kid.ShouldBe(
            new JsonWebToken(token).Kid
        );
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder.File("development-signing-key.pem"))
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task One_address_may_not_ask_for_tokens_without_end()
    {
        using var folder = new DataFolder();
        await using var host = await HostProcess.StartAsync(
            folder,
            "Development",
            "--Auth:TokenRequestsPerMinute=2"
        );
        (await host.Http.AskForTokenAsync("rider@demo.local")).Dispose();
        (await host.Http.AskForTokenAsync("rider@demo.local")).Dispose();

        using var third = await host.Http.AskForTokenAsync("rider@demo.local");

        await third.ShouldBeProblemAsync(429, "rate_limited");
        third.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task Names_and_passwords_are_not_logged()
    {
        await Http.TokenOfAsync("operator@demo.local");

        development.Host.Output.ShouldNotContain("operator@demo.local");
        development.Host.Output.ShouldNotContain("Demo-1234!");
    }

    public sealed class Development : IAsyncLifetime
    {
        private readonly DataFolder _folder = new();

        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await HostProcess.StartAsync(_folder);

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _folder.Dispose();
        }
    }
}
