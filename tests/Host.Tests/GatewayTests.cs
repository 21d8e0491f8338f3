using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Host.Tests.Running;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Modules;

namespace Host.Tests;

/// <summary>Calls to a module elsewhere go there as they came, and its troubles stay its own.</summary>
public sealed class GatewayTests : IAsyncLifetime
{
    private FarModule _far = null!;

    public async ValueTask InitializeAsync() => _far = await FarModule.StartAsync();

    public ValueTask DisposeAsync() => _far.DisposeAsync();

    [Fact]
    public async Task A_call_arrives_with_its_token_its_client_and_its_trace()
    {
        await using var host = await GatewayAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/echo?page=2");
        request.Headers.Add("Authorization", "Bearer some.token");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");

        using var answer = await host.Http.SendAsync(request);

        var seen = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        seen.GetProperty("path").GetString().ShouldBe("/api/orders/echo?page=2");
        seen.GetProperty("authorization").GetString().ShouldBe("Bearer some.token");
        seen.GetProperty("traceparent").GetString()!.ShouldContain("0af7651916cd43dd8448eb211c80319c");
        // What a stranger claims to be forwarding for is not passed on.
        seen.GetProperty("forwardedFor").GetString()!.ShouldBeOneOf("127.0.0.1", "::ffff:127.0.0.1");
    }

    [Fact]
    public async Task A_person_who_is_signed_in_arrives_with_a_token_of_minutes_and_without_the_session()
    {
        await using var host = await GatewayAsync();
        // Who is given a token knows that the keys of sessions have a place to be kept at, too.
        await host.Http.TokenOfAsync("store@demo.local");
        using var signedIn = await host.Http.GetAsync("/test/sign-in");
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/echo");
        request.Headers.Add("Cookie", $"theme=dark; {cookie}; sessionC1=more; basket=x=1");

        using var answer = await host.Http.SendAsync(request);

        var seen = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        seen.GetProperty("cookies").GetString().ShouldBe("theme=dark; basket=x=1");
        seen.GetProperty("forwardedHost").GetString().ShouldBe(host.Http.BaseAddress!.Authority);
        var token = new JsonWebToken(seen.GetProperty("authorization").GetString()!["Bearer ".Length..]);
        token.Subject.ShouldBe($"{DemoIds.StoreKeeper}");
        token.GetClaim("role").Value.ShouldBe("store");
        token.GetClaim("store_id").Value.ShouldBe($"{DemoIds.FirstStore}");
        token.Audiences.ShouldBe(["monolith-api"]);
        (token.ValidTo - token.ValidFrom).ShouldBe(TimeSpan.FromMinutes(2));
        using var with = new HttpRequestMessage(HttpMethod.Get, "/test/mine");
        with.Headers.Add("Authorization", $"Bearer {token.EncodedToken}");
        using var verified = await host.Http.SendAsync(with);
        verified.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a store's token is good, and no customer's");
    }

    [Fact]
    public async Task Who_is_not_signed_in_arrives_as_nobody()
    {
        await using var host = await GatewayAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/echo");
        request.Headers.Add("Cookie", "session=forged; theme=dark");

        using var answer = await host.Http.SendAsync(request);

        var seen = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        seen.GetProperty("authorization").GetString().ShouldBeEmpty();
        seen.GetProperty("cookies").GetString().ShouldBe("theme=dark");
    }

    [Fact]
    public async Task A_module_that_is_down_is_503_for_its_own_paths_alone()
    {
        await using var host = await GatewayAsync();
        await _far.DisposeAsync();

        using var down = await host.Http.GetAsync("/api/orders/echo");
        using var ours = await host.Http.GetAsync("/health/live");

        await down.ShouldBeProblemAsync(503, "module_unreachable");
        down.Headers.RetryAfter.ShouldNotBeNull();
        ours.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_module_that_is_slow_is_given_up_and_takes_no_more_than_its_places()
    {
        await using var host = await GatewayAsync(
            "--Gateway:AnswerWithin=00:00:03",
            "--Gateway:ConcurrentCalls=2"
        );
        var slow = Enumerable.Range(0, 2).Select(_ => host.Http.GetAsync("/api/orders/never")).ToList();
        await Eventually.HoldsAsync(() => _far.Waiting == 2, "both wait for the module");

        using var third = await host.Http.GetAsync("/api/orders/echo");
        using var ours = await host.Http.GetAsync("/health/live");

        await third.ShouldBeProblemAsync(503, "module_busy");
        ours.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var answer in await Task.WhenAll(slow))
            await answer.ShouldBeProblemAsync(504, "module_too_slow");
        using var later = await host.Http.GetAsync("/api/orders/echo");
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_live_stream_comes_through_as_it_is_said_for_longer_than_an_answer_may_take()
    {
        await using var host = await GatewayAsync("--Gateway:AnswerWithin=00:00:00.100");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/stream");
        request.Headers.Add("Accept", "text/event-stream");
        using var answer = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        var since = Stopwatch.StartNew();
        for (var number = 1; number <= 3; number++)
        {
            _far.Say($"data: {number}");
            (await reader.ReadLineAsync()).ShouldBe($"data: {number}");
            await Eventually.HoldsAsync(
                () => since.ElapsedMilliseconds > number * 150,
                "longer than an answer may take"
            );
        }
    }

    [Fact, Trait("Fault", "E3")]
    public async Task A_live_stream_is_one_whatever_it_was_asked_for_with()
    {
        await using var host = await GatewayAsync(
            "--Gateway:AnswerWithin=00:00:02",
            "--Gateway:ConcurrentCalls=2"
        );
        var open = new List<HttpResponseMessage>();
        for (var stream = 0; stream < 4; stream++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/stream");
            request.Headers.Accept.ParseAdd("*/*");
            open.Add(await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        }
        var since = Stopwatch.StartNew();
        await Eventually.HoldsAsync(
            () => since.ElapsedMilliseconds > 2_200,
            "longer than an answer may take"
        );

        using var call = await host.Http.GetAsync("/api/orders/echo");

        call.StatusCode.ShouldBe(HttpStatusCode.OK, "streams take no call's place");
        _far.Say("data: all of them are open");
        foreach (var answer in open)
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            (await reader.ReadLineAsync()).ShouldBe("data: all of them are open");
            answer.Dispose();
        }
    }

    [Fact, Trait("Fault", "E3")]
    public async Task No_more_live_streams_are_open_to_a_module_than_may()
    {
        await using var host = await GatewayAsync("--Gateway:ConcurrentStreams=1");
        using var first = await host.Http.GetAsync(
            "/api/orders/stream",
            HttpCompletionOption.ResponseHeadersRead
        );

        using var second = await host.Http.GetAsync(
            "/api/orders/stream",
            HttpCompletionOption.ResponseHeadersRead
        );

        await second.ShouldBeProblemAsync(503, "module_busy");
    }

    [Fact, Trait("Fault", "E4")]
    public async Task A_live_stream_ends_as_it_should_when_the_gateway_stops()
    {
        await using var host = await GatewayAsync();
        using var answer = await host.Http.GetAsync(
            "/api/orders/stream",
            HttpCompletionOption.ResponseHeadersRead
        );
        var rest = answer.Content.ReadAsStringAsync();
        var since = Stopwatch.StartNew();

        await host.StopAsync();

        (await rest).ShouldStartWith("retry: ");
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }

    [Fact, Trait("Fault", "A9")]
    public async Task One_person_may_not_take_every_stream_of_a_module()
    {
        await using var host = await GatewayAsync();
        var token = host.Token("customer");
        var open = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => FollowAsync(host, token)));
        open.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);

        using var one = await FollowAsync(host, token);

        await one.ShouldBeProblemAsync(429, "too_many_streams");
        foreach (var answer in open)
            answer.Dispose();
    }

    private static async Task<HttpResponseMessage> FollowAsync(EdgeHost host, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/stream");
        request.Headers.Add("Authorization", $"Bearer {token}");
        return await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    [Fact]
    public async Task A_module_elsewhere_without_an_address_is_not_served_here()
    {
        await using var host = await EdgeHost.StartAsync("Development", "--Modules:Orders:Placement=Remote");

        using var answer = await host.Http.GetAsync("/api/orders/echo");

        await answer.ShouldBeProblemAsync(404, "not_found");
    }

    private Task<EdgeHost> GatewayAsync(params string[] more) =>
        EdgeHost.StartAsync(
            "Development",
            ["--Modules:Orders:Placement=Remote", $"--Modules:Orders:Address={_far.Address}", .. more]
        );
}
