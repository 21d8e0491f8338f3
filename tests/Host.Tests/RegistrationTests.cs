using System.Net;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>Making an account, and what that tells of others.</summary>
public sealed class RegistrationTests(IdentityTests.Development development)
    : IClassFixture<IdentityTests.Development>
{
    private const string Password = "a-pass-word-of-12";

    [Fact, Trait("Fault", "A5")]
    public async Task Registering_does_not_tell_who_has_an_account()
    {
        var address = $"{Guid.CreateVersion7():N}@example.com";

        using var first = await SendAsync("/register", address, Password);
        using var again = await SendAsync("/register", address, "another-word-of-12");

        first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        again.StatusCode.ShouldBe(first.StatusCode);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        CookiesOf(again).ShouldBe(CookiesOf(first));
        using var owner = await SendAsync("/sign-in", address, Password);
        using var stranger = await SendAsync("/sign-in", address, "another-word-of-12");
        owner.StatusCode.ShouldBe(HttpStatusCode.SeeOther, "the account is as it was");
        stranger.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact, Trait("Fault", "A5")]
    public async Task Two_who_register_an_address_at_once_are_answered_alike()
    {
        var address = $"{Guid.CreateVersion7():N}@example.com";

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => SendAsync("/register", address, Password))
        );

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.SeeOther);
    }

    [Theory, Trait("Fault", "A8")]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("a b@example.com")]
    public async Task What_cannot_be_an_address_is_refused(string address)
    {
        using var answer = await SendAsync("/register", address, Password);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Write an e-mail address");
    }

    [Fact, Trait("Fault", "A8")]
    public async Task An_address_longer_than_any_is_refused_before_a_database_sees_it()
    {
        using var answer = await SendAsync("/register", $"{new string('a', 250)}@example.com", Password);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Write an e-mail address");
    }

    private static string[] CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];

    private async Task<HttpResponseMessage> SendAsync(string path, string email, string password)
    {
        var address = development.Host.Http.BaseAddress!;
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["email"] = email,
                    ["password"] = password,
                    ["back"] = "/stores",
                }
            ),
        };
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        var answer = await http.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }
}
