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

    private static async Task<HttpResponseMessage> AskAsync(EdgeHost host, string client)
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
        return await host.Http.SendAsync(request);
    }
}
