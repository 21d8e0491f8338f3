using System.Net;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>A module elsewhere has several replicas, and one that goes costs nobody an answer.</summary>
public sealed class SeveralAddressesTests : IAsyncLifetime
{
    private const string Echo = "/api/orders/echo";
    private const string Writing = "/api/orders/written";

    private FarModule _first = null!;
    private FarModule _second = null!;

    public async ValueTask InitializeAsync() =>
        (_first, _second) = (await FarModule.StartAsync(), await FarModule.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task One_that_says_that_it_is_going_is_left_alone_and_named_until_it_is_back()
    {
        await using var host = await GatewayAsync();
        _first.Mood = FarMood.IsGoing;
        await Eventually.HoldsAsync(
            async () =>
                await GatewayEntryAsync(host)
                == ("Degraded", "Modules:Orders:Address:0 is down. /api/ops/modules says why."),
            "the gateway says which address is down"
        );

        for (var call = 0; call < 20; call++)
            (await WriteAsync(host)).ShouldBe(HttpStatusCode.Created);

        _first.Written.ShouldBe(0);
        _first.Mood = FarMood.Well;
        await Eventually.HoldsAsync(
            async () =>
            {
                await WriteAsync(host);
                return _first.Written > 0;
            },
            "it is sent calls again"
        );
        await Eventually.HoldsAsync(
            async () => (await GatewayEntryAsync(host)).Status == "Healthy",
            "the gateway names nobody any more"
        );
    }

    [Fact]
    public async Task While_none_is_ready_calls_are_sent_all_the_same()
    {
        await using var host = await GatewayAsync();
        (_first.Mood, _second.Mood) = (FarMood.IsGoing, FarMood.IsGoing);
        await Eventually.HoldsAsync(
            async () => (await GatewayEntryAsync(host)).Said?.Split("is down").Length == 3,
            "both are down"
        );

        using var answer = await host.Http.GetAsync(Echo);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_changes_nothing_or_has_a_key_is_sent_again_when_it_is_cut_off()
    {
        await using var host = await GatewayAsync();
        _first.Mood = FarMood.CutsOff;
        for (var call = 0; call < 20; call++)
        {
            using var read = await host.Http.GetAsync(Echo);
            read.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await WriteAsync(host, key: $"{call}")).ShouldBe(HttpStatusCode.Created, $"call {call}");
        }

        _first.Written.ShouldBeGreaterThan(0, "it was asked, too");
    }

    [Fact]
    public async Task What_may_have_been_done_is_not_sent_again()
    {
        await using var host = await GatewayAsync();
        _first.Mood = FarMood.CutsOff;
        var refused = 0;
        for (var call = 0; call < 20; call++)
        {
            using var answer = await host.Http.PostAsync(Writing, new StringContent("once"));
            if (answer.StatusCode is HttpStatusCode.Created)
                continue;
            await answer.ShouldBeProblemAsync(503, "module_unreachable");
            refused++;
        }

        refused.ShouldBeGreaterThan(0);
        _first.Written.ShouldBe(refused);
        (_first.Written + _second.Written).ShouldBe(20);
    }

    [Fact]
    public async Task A_body_that_is_too_long_to_keep_is_sent_once_and_whole()
    {
        await using var host = await GatewayAsync();
        var body = new string('x', 100_000);
        (await WriteAsync(host, body, "well")).ShouldBe(HttpStatusCode.Created);

        (_first.Mood, _second.Mood) = (FarMood.CutsOff, FarMood.CutsOff);
        (await WriteAsync(host, body, "cut off")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        (_first.Written + _second.Written).ShouldBe(2);
    }

    [Fact]
    public async Task Whatever_reached_nobody_goes_to_another()
    {
        await using var host = await GatewayAsync();
        await _first.DisposeAsync();

        for (var call = 0; call < 20; call++)
            (await WriteAsync(host)).ShouldBe(HttpStatusCode.Created, $"call {call}");

        _second.Written.ShouldBe(20);
    }

    [Fact]
    public async Task Whatever_was_refused_before_it_began_goes_to_another_and_is_refused_when_all_do_so()
    {
        await using var host = await GatewayAsync();
        _first.Mood = FarMood.BeginsNothing;
        for (var call = 0; call < 20; call++)
            (await WriteAsync(host)).ShouldBe(HttpStatusCode.Created, $"call {call}");

        _second.Mood = FarMood.BeginsNothing;
        (await WriteAsync(host)).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private Task<EdgeHost> GatewayAsync() =>
        EdgeHost.StartAsync(
            "Development",
            "--Modules:Orders:Placement=Remote",
            $"--Modules:Orders:Address:0={_first.Address}",
            $"--Modules:Orders:Address:1={_second.Address}"
        );

    private static async Task<HttpStatusCode> WriteAsync(
        EdgeHost host,
        string body = "as it was sent",
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Writing)
        {
            Content = new StringContent(body),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await host.Http.SendAsync(request);
        if (answer.IsSuccessStatusCode)
            (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
        return answer.StatusCode;
    }

    private static async Task<(string? Status, string? Said)> GatewayEntryAsync(EdgeHost host)
    {
        using var ready = await host.Http.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        var entry = (await ready.ReadJsonAsync()).GetProperty("entries").GetProperty("Gateway");
        return (entry.GetProperty("status").GetString(), entry.GetProperty("description").GetString());
    }
}
