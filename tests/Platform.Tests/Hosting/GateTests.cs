using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Hosting;
using Platform.Modules;

namespace Platform.Tests.Hosting;

public sealed class GateTests : IAsyncLifetime
{
    private static readonly ModuleDefinition Mine = ModuleDefinition.Named(
        "Mine",
        typeof(GateTests).Assembly
    );

    private readonly ModuleGate _gate = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseMiddleware<GateMiddleware>();
        _app.MapGet("/mine", () => "mine").WithMetadata(new Gated(_gate, Mine));
        _app.MapGet("/other", () => "other");
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    [Fact]
    public async Task While_a_module_is_made_ready_its_callers_wait_and_nobody_else_does()
    {
        var waiting = _http.GetStringAsync("/mine");
        (await _http.GetStringAsync("/other")).ShouldBe("other");
        waiting.IsCompleted.ShouldBeFalse();

        _gate.MarkReady();

        (await waiting).ShouldBe("mine");
    }

    [Fact]
    public async Task When_it_cannot_be_made_ready_they_are_told_to_come_back()
    {
        var waiting = _http.GetAsync("/mine");

        _gate.MarkNotReady("There is no database.");

        using var refused = await waiting;
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await refused.Content.ReadAsStringAsync()).ShouldContain("module_starting");
    }

    [Fact]
    public async Task Whoever_is_refused_may_ask_another_replica_which_may_have_heard_sooner_that_it_goes_on()
    {
        _gate.MarkReady();
        _gate.Stay(isHere: true, isPaused: true);

        using var refused = await _http.GetAsync("/mine");

        (await refused.Content.ReadAsStringAsync()).ShouldContain("module_paused");
        refused.Headers.GetValues(GateMiddleware.NotBegunHeader).ShouldBe(["Mine"]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _gate.Dispose();
        await _app.DisposeAsync();
    }
}
