using System.Net;
using System.Net.Http.Headers;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>Figures tell a lot about a business: who may read them from elsewhere is somebody's decision.</summary>
public sealed class MetricsTests
{
    private const string Key = "a-key-that-only-prometheus-has";

    [Fact]
    public async Task This_machine_reads_them()
    {
        await using var host = await EdgeHost.StartAsync();

        using var answer = await host.Http.GetAsync("/metrics");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("dotnet_process_memory");
    }

    [Fact]
    public async Task Elsewhere_operators_read_them_and_nobody_else()
    {
        await using var host = await EdgeHost.StartAsync();

        using var stranger = await AskFromElsewhereAsync(host, token: null);
        using var customer = await AskFromElsewhereAsync(host, host.Token("customer"));
        using var forged = await AskFromElsewhereAsync(host, host.Token("operator", strange: true));
        using var admin = await AskFromElsewhereAsync(host, host.Token("operator"));

        await stranger.ShouldBeProblemAsync(404, "not_found");
        await customer.ShouldBeProblemAsync(404, "not_found");
        await forged.ShouldBeProblemAsync(404, "not_found");
        admin.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Elsewhere_who_has_the_key_reads_them()
    {
        await using var host = await EdgeHost.StartAsync("Development", $"--Metrics:Key={Key}");

        using var wrong = await AskFromElsewhereAsync(host, Key + "!");
        using var right = await AskFromElsewhereAsync(host, Key);

        await wrong.ShouldBeProblemAsync(404, "not_found");
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Everybody_reads_them_where_configuration_says_so()
    {
        await using var host = await EdgeHost.StartAsync("Development", "--Metrics:AllowRemote=true");

        using var answer = await AskFromElsewhereAsync(host, token: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A request that was forwarded is not from this machine.</summary>
    private static async Task<HttpResponseMessage> AskFromElsewhereAsync(EdgeHost host, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.Http.SendAsync(request);
    }
}
