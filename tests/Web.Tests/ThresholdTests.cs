using Microsoft.Playwright;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>Thresholds are settings, and what is beyond one is said with since when, until it is over.</summary>
[Collection(Site.Visited)]
public sealed class ThresholdTests(Site site) : IAsyncLifetime
{
    private WebHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await WebHost.StartAsync("--Modules:Orders:LeastPerMinute=0.1");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_figure_of_the_business_beyond_its_bound_is_told_until_it_is_within()
    {
        await using var visitors = new Visitors(site, "ko", 1280, 800, _host.Address);
        var admin = await visitors.AsAsync("operator");
        await admin.GotoAsync("/ops");
        var alert = admin.Locator(".mud-alert", new() { HasText = "Orders 주문이 적습니다 0 (0.1)" });
        await Assertions.Expect(alert).ToContainTextAsync("부터");
        var since = await alert.TextContentAsync();
        await admin.ReloadAsync();
        (await alert.TextContentAsync()).ShouldBe(since);

        await Visitors.OrderAsync(await visitors.AsAsync("customer"));

        await Assertions.Expect(alert).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        visitors.Complaints.ShouldBeEmpty();
    }
}
