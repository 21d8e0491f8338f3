using System.Text.Json.Nodes;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>Whoever follows a stream in another language is told all about it, by the process itself.</summary>
public sealed class StreamDescriptionTests(StreamDescriptionTests.Named named)
    : IClassFixture<StreamDescriptionTests.Named>
{
    [Fact]
    public async Task It_is_served_as_it_is_kept_with_the_names_of_the_deployment()
    {
        var served = await named.Host.Http.GetStringAsync("/asyncapi/v1.json");
        var kept = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "contracts", "asyncapi.json")
        );

        served.ShouldContain("\"seoul.orders\"");
        JsonNode
            .DeepEquals(
                JsonNode.Parse(served.Replace("\"seoul.", "\"monolith.", StringComparison.Ordinal)),
                JsonNode.Parse(kept)
            )
            .ShouldBeTrue();
    }

    [Fact]
    public async Task People_find_every_event_on_a_page_with_who_handles_it_and_what_it_is_made_of()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/streams");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await named.Host.Http.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();

        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("http");
        page.ShouldContain("data-event=\"orders.order-delivered.v1\"");
        page.ShouldContain("data-event=\"riders.delivery-sla-missed.v1\"");
        page.ShouldContain("pickUp.latitude");
        page.ShouldContain("→ Reviews");
    }

    public sealed class Named : IAsyncLifetime
    {
        private readonly DataFolder _folder = new();

        internal HostProcess Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Host = await HostProcess.StartAsync(_folder, "Development", "--Broker:Prefix=seoul");

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _folder.Dispose();
        }
    }
}
