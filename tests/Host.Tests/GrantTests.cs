using System.Net;
using Host.Identity;
using Host.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Host.Tests;

/// <summary>Each code leaves a grant behind: so they are limited, and do not stay for ever.</summary>
[Trait("Fault", "A10")]
public sealed class GrantTests
{
    private const string Redirect = "http://127.0.0.1:7777/callback";
    private const string Client = $"--Auth:Clients:shop-app:RedirectUris:0={Redirect}";

    [Fact]
    public async Task One_address_may_not_ask_for_codes_without_end()
    {
        await using var host = await EdgeHost.StartAsync(
            "Development",
            Client,
            "--Auth:TokenRequestsPerMinute=3"
        );
        var path =
            $"/connect/authorize?client_id=shop-app&response_type=code&redirect_uri={Uri.EscapeDataString(Redirect)}"
            + "&code_challenge=0123456789012345678901234567890123456789012&code_challenge_method=S256&prompt=none";
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = host.Http.BaseAddress };
        for (var request = 0; request < 3; request++)
        {
            using var answer = await http.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        using var fourth = await http.GetAsync(path);
        using var token = await host.Http.AskForTokenAsync("rider@demo.local");

        await fourth.ShouldBeProblemAsync(429, "rate_limited");
        token.StatusCode.ShouldBe(HttpStatusCode.OK, "tokens are counted for themselves");
    }

    [Fact]
    public async Task Grants_that_no_token_needs_any_more_are_deleted()
    {
        await using var host = await EdgeHost.StartAsync();
        await host.Services.GetRequiredService<IdentityPreparation>().Ready;
        var now = TimeProvider.System.GetUtcNow();
        await MakeGrantAsync(host, now.AddDays(-3));
        var fresh = await MakeGrantAsync(host, now);

        await host.Services.GetRequiredService<IdentityPruning>().PruneAsync(CancellationToken.None);

        await using var scope = host.Services.CreateAsyncScope();
        var grants = scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>();
        var left = new List<string?>();
        await foreach (var grant in grants.ListAsync())
            left.Add(await grants.GetIdAsync(grant));
        left.ShouldBe([fresh]);
    }

    private static async Task<string?> MakeGrantAsync(EdgeHost host, DateTimeOffset made)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var grants = scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>();
        var grant = await grants.CreateAsync(
            new OpenIddictAuthorizationDescriptor
            {
                CreationDate = made,
                Status = Statuses.Valid,
                Subject = "somebody",
                Type = AuthorizationTypes.AdHoc,
            }
        );
        return await grants.GetIdAsync(grant);
    }
}
