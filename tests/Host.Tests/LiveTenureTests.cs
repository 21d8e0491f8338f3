using System.Diagnostics;
using System.Net;
using System.Security.Claims;
using Host.Tests.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Platform.Http;
using Platform.Live;

namespace Host.Tests;

/// <summary>How long somebody may keep live streams open, and how many.</summary>
[Trait("Fault", "A9")]
public sealed class LiveTenureTests(BadRequestTests.Edge edge) : IClassFixture<BadRequestTests.Edge>
{
    [Fact]
    public async Task A_live_stream_ends_with_its_token()
    {
        using var answer = await FollowAsync(
            edge.Host.Token("customer", age: TimeSpan.FromHours(1) - TimeSpan.FromSeconds(2))
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var since = Stopwatch.StartNew();

        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();

        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task One_person_has_a_bounded_number_of_them_and_others_have_their_own()
    {
        var mine = edge.Host.Token("rider", claims: ClaimsOf(Guid.CreateVersion7()));
        var open = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => FollowAsync(mine)));
        open.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);

        using var tooMany = await FollowAsync(mine);
        using var another = await FollowAsync(
            edge.Host.Token("rider", claims: ClaimsOf(Guid.CreateVersion7()))
        );

        await tooMany.ShouldBeProblemAsync(429, "too_many_streams");
        another.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var answer in open)
            answer.Dispose();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var again = await FollowAsync(mine);
                return again.StatusCode == HttpStatusCode.OK;
            },
            "who has closed some may open one"
        );
    }

    [Fact]
    public async Task A_live_stream_ends_with_the_session_it_was_opened_in()
    {
        var clock = new FakeTimeProvider();
        var session = new OneSession();
        var tenures = new LiveTenures(
            edge.Host.Services.GetRequiredService<IHostApplicationLifetime>(),
            clock,
            callers: session
        );
        var http = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(
                new ClaimsIdentity([new("sub", $"{Guid.CreateVersion7()}"), new("role", "store")], "Session")
            ),
        };
        using var tenure = tenures.TryBegin(http).ShouldNotBeNull();

        clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(() => session.Looks == 1, "it was looked up");
        tenure.Over.IsCancellationRequested.ShouldBeFalse();
        session.GoesOn = false;
        clock.Advance(TimeSpan.FromMinutes(1));

        await Eventually.HoldsAsync(() => tenure.Over.IsCancellationRequested, "it ends");
    }

    private static Dictionary<string, object> ClaimsOf(Guid person) =>
        new(StringComparer.Ordinal) { ["sub"] = $"{person}", ["role"] = "rider" };

    private async Task<HttpResponseMessage> FollowAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/test/live");
        request.Headers.Add("Authorization", $"Bearer {token}");
        return await edge.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A session that ends when the test says so.</summary>
    private sealed class OneSession : ICallerTokens
    {
        public bool GoesOn { get; set; } = true;

        public int Looks { get; private set; }

        public string? AuthorizationFor(HttpContext http) => null;

        public Task<bool> GoesOnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken)
        {
            Looks++;
            return Task.FromResult(GoesOn);
        }
    }
}
