using System.Net;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>What a proxy says of its client is believed of known proxies only.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task A_stranger_cannot_pass_for_another_address()
    {
        await using var host = await EdgeHost.StartAsync("Development", "--Auth:TokenRequestsPerMinute=1");
        (await AskAsync(host, "203.0.113.1")).Dispose();

        using var second = await AskAsync(host, "203.0.113.2");

        await second.ShouldBeProblemAsync(429, "rate_limited");
    }

    [Fact]
    public async Task Clients_behind_a_known_proxy_are_told_apart()
    {
        await using var host = await EdgeHost.StartAsync(
            "Development",
            "--Auth:TokenRequestsPerMinute=1",
            "--Edge:KnownProxies:0=127.0.0.0/8"
        );
        (await AskAsync(host, "203.0.113.1")).Dispose();

        using var second = await AskAsync(host, "203.0.113.2");
        using var again = await AskAsync(host, "203.0.113.1");

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        await again.ShouldBeProblemAsync(429, "rate_limited");
    }

    [Fact, Trait("Fault", "E1")]
    public async Task Clients_behind_two_known_proxies_are_told_apart()
    {
        await using var host = await EdgeHost.StartAsync(
            "Development",
            "--Auth:TokenRequestsPerMinute=1",
            "--Edge:KnownProxies:0=127.0.0.1",
            "--Edge:KnownProxies:1=10.0.0.0/8"
        );
        (await AskAsync(host, "203.0.113.1, 10.1.2.3")).Dispose();

        using var second = await AskAsync(host, "203.0.113.2, 10.1.2.3");
        using var again = await AskAsync(host, "203.0.113.1, 10.4.5.6");
        using var stranger = await AskAsync(host, "203.0.113.9, 198.51.100.7");
        using var samePerson = await AskAsync(host, "203.0.113.8, 198.51.100.7");

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        await again.ShouldBeProblemAsync(429, "rate_limited");
        stranger.StatusCode.ShouldBe(HttpStatusCode.OK);
        await samePerson.ShouldBeProblemAsync(429, "rate_limited");
    }

    [Fact, Trait("Fault", "E1")]
    public async Task The_scheme_is_the_clients_whatever_the_proxies_speak_to_each_other()
    {
        using var folder = new DataFolder();
        await using var host = await EdgeHost.StartAsync(
            "Production",
            "--Auth:Issuer=https://id.example/",
            $"--Auth:SigningCertificatePath={Certificates.Write(folder.File("good.pem"))}",
            "--Database:Migrate=true",
            "--Edge:KnownProxies:0=127.0.0.1",
            "--Edge:KnownProxies:1=10.0.0.0/8"
        );

        using var answer = await AskAsync(host, "203.0.113.1, 10.1.2.3", "https, http");

        // The password grant is not for Production; that it is looked at shows that the transport was found secure.
        (await answer.ReadJsonAsync())
            .GetProperty("error")
            .GetString()
            .ShouldBe("unsupported_grant_type");
    }

    [Fact, Trait("Fault", "E1")]
    public async Task Who_was_forwarded_from_here_does_not_count_as_from_here()
    {
        await using var host = await EdgeHost.StartAsync("Development", "--Edge:KnownProxies:0=127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");

        using var answer = await host.Http.SendAsync(request);

        await answer.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task Outside_development_browsers_are_told_to_use_https()
    {
        using var folder = new DataFolder();
        await using var host = await EdgeHost.StartAsync(
            "Production",
            "--Auth:Issuer=https://id.example/",
            $"--Auth:SigningCertificatePath={Certificates.Write(folder.File("good.pem"))}",
            "--Edge:KnownProxies:0=127.0.0.1"
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "food.example";
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await host.Http.SendAsync(request);

        answer.Headers.GetValues("Strict-Transport-Security").ShouldNotBeEmpty();
    }

    private static async Task<HttpResponseMessage> AskAsync(
        EdgeHost host,
        string client,
        string? scheme = null
    )
    {
        using var content = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "password",
                ["client_id"] = "monolith-cli",
                ["username"] = "rider@demo.local",
                ["password"] = "Demo-1234!",
            }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = content };
        request.Headers.Add("X-Forwarded-For", client);
        if (scheme is not null)
            request.Headers.Add("X-Forwarded-Proto", scheme);
        return await host.Http.SendAsync(request);
    }
}
