using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Host.Tests.Running;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Modules;

namespace Host.Tests;

/// <summary>Programs of other origins sign people in at the host, and never see a password.</summary>
public sealed class AuthorizationCodeTests(AuthorizationCodeTests.WithAClient issuer)
    : IClassFixture<AuthorizationCodeTests.WithAClient>
{
    private const string Client = "shop-app";
    private const string Callback = "http://127.0.0.1:7777/callback";
    private const string Verifier = "a-verifier-that-is-long-enough-to-be-one-0123456789";

    [Fact]
    public async Task A_code_is_exchanged_for_tokens_of_the_person_who_signed_in()
    {
        using var browser = issuer.Browse();
        var code = await SignInAsync(browser, "rider@demo.local");

        using var answer = await ExchangeAsync(code);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var tokens = await answer.ReadJsonAsync();
        var access = new JsonWebToken(tokens.GetProperty("access_token").GetString());
        access.Subject.ShouldBe(DemoIds.Rider.ToString());
        access.GetClaim("role").Value.ShouldBe("rider");
        access.Audiences.ShouldContain("monolith-api");
        access.TryGetClaim("email", out _).ShouldBeFalse();
        var identity = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        identity.GetClaim("email").Value.ShouldBe("rider@demo.local");
        identity.GetClaim("nonce").Value.ShouldBe("once");
        using var call = new HttpRequestMessage(HttpMethod.Get, "/api/riders/me/offers");
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.EncodedToken);
        (await issuer.Host.Http.SendAsync(call)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Its_refresh_token_goes_on_being_one()
    {
        using var browser = issuer.Browse();
        using var first = await ExchangeAsync(await SignInAsync(browser, "customer@demo.local"));
        var refresh = (await first.ReadJsonAsync()).GetProperty("refresh_token").GetString()!;

        using var second = await AskAsync(("grant_type", "refresh_token"), ("refresh_token", refresh));

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.ReadJsonAsync()).GetProperty("refresh_token").GetString().ShouldNotBe(refresh);
    }

    [Fact]
    public async Task A_code_is_good_once_and_only_for_who_asked_for_it()
    {
        using var browser = issuer.Browse();
        var code = await SignInAsync(browser, "customer@demo.local");
        using var stolen = await ExchangeAsync(
            code,
            verifier: "somebody-elses-verifier-0123456789-0123456789"
        );
        var another = await SignInAsync(browser, "customer@demo.local");
        using var first = await ExchangeAsync(another);

        using var again = await ExchangeAsync(another);

        stolen.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await again.ReadJsonAsync()).GetProperty("error").GetString().ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/callback")]
    [InlineData("redirect_uri", Callback + "/further")]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", DemoClient)]
    public async Task Nobody_is_sent_to_an_address_that_is_not_the_clients(string parameter, string value)
    {
        using var browser = issuer.Browse();

        using var answer = await browser.GetAsync(Authorize((parameter, value)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("code_challenge", "")]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("response_type", "token")]
    public async Task Without_proof_of_who_asks_there_is_no_code(string parameter, string value)
    {
        using var browser = issuer.Browse();

        using var answer = await browser.GetAsync(Authorize((parameter, value)));

        (answer.Headers.Location?.Query ?? "").ShouldNotContain("code=");
        (answer.Headers.Location?.OriginalString ?? "").ShouldNotContain("/sign-in");
    }

    [Fact]
    public async Task Who_is_not_signed_in_and_must_not_be_asked_is_told_so()
    {
        using var browser = issuer.Browse();

        using var answer = await browser.GetAsync(Authorize(("prompt", "none")));

        answer.Headers.Location!.Query.ShouldContain("error=login_required");
    }

    [Fact]
    public async Task The_sign_in_page_lets_its_form_lead_to_clients_and_only_then()
    {
        using var browser = issuer.Browse();
        using var asked = await browser.GetAsync(Authorize());

        using var forClient = await browser.GetAsync(asked.Headers.Location);
        using var forOurselves = await browser.GetAsync("/sign-in?back=/orders");

        FormsOf(forClient).ShouldBe("form-action 'self' http://127.0.0.1:7777");
        FormsOf(forOurselves).ShouldBe("form-action 'self'");
    }

    [Theory]
    [InlineData("http://127.0.0.1:7777", true)]
    [InlineData("https://evil.example", false)]
    public async Task Scripts_of_a_clients_origin_may_call_and_no_others(string origin, bool may)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/orders");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,idempotency-key");

        using var answer = await issuer.Host.Http.SendAsync(preflight);

        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(may);
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    private const string DemoClient = "monolith-cli";

    private async Task<string> SignInAsync(HttpClient browser, string name)
    {
        using var asked = await browser.GetAsync(Authorize(("prompt", "login")));
        var page = asked.Headers.Location!.OriginalString;
        page.ShouldStartWith("/sign-in?back=");
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = Form(
                ("email", name),
                ("password", "Demo-1234!"),
                (
                    "back",
                    HttpUtility.ParseQueryString(new Uri(issuer.Host.Http.BaseAddress!, page).Query)["back"]!
                )
            ),
        };
        form.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var signedIn = await browser.SendAsync(form);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var done = await browser.GetAsync(signedIn.Headers.Location);
        var back = done.Headers.Location!;
        back.GetLeftPart(UriPartial.Path).ShouldBe(Callback);
        var answer = HttpUtility.ParseQueryString(back.Query);
        answer["state"].ShouldBe("mine");
        return answer["code"]!;
    }

    private Task<HttpResponseMessage> ExchangeAsync(string code, string verifier = Verifier) =>
        AskAsync(
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", verifier),
            ("redirect_uri", Callback)
        );

    private async Task<HttpResponseMessage> AskAsync(params (string, string)[] fields)
    {
        using var content = Form([("client_id", Client), .. fields]);
        return await issuer.Host.Http.PostAsync("/connect/token", content);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string Authorize(params (string Name, string Value)[] changes)
    {
        var query = HttpUtility.ParseQueryString("");
        query["client_id"] = Client;
        query["response_type"] = "code";
        query["redirect_uri"] = Callback;
        query["scope"] = "openid email offline_access";
        query["state"] = "mine";
        query["nonce"] = "once";
        query["code_challenge_method"] = "S256";
        query["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        foreach (var (name, value) in changes)
            query[name] = value;
        return $"/connect/authorize?{query}";
    }

    private static string FormsOf(HttpResponseMessage page) =>
        page
            .Headers.GetValues("Content-Security-Policy")
            .Single()
            .Split("; ")
            .Single(rule => rule.StartsWith("form-action", StringComparison.Ordinal));

    public sealed class WithAClient : IAsyncLifetime
    {
        private readonly DataFolder _folder = new();

        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Host = await HostProcess.StartAsync(
                _folder,
                "Development",
                $"--Auth:Clients:{Client}:RedirectUris:0={Callback}"
            );

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _folder.Dispose();
        }

        /// <summary>A browser with cookies of its own, that goes where it is sent only when told.</summary>
        internal HttpClient Browse()
        {
            var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
            {
                BaseAddress = Host.Http.BaseAddress,
            };
            browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            return browser;
        }
    }
}
