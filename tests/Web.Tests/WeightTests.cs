using System.Globalization;
using Microsoft.Playwright;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>What a page costs somebody with a slow phone and nothing in its cache.</summary>
[Collection(Site.Visited)]
public sealed class WeightTests(Site site)
{
    private const int Most = 200_000;

    private const string FirstContentfulPaint = """
        new Promise(tell => new PerformanceObserver(seen => {
          for (const paint of seen.getEntriesByName("first-contentful-paint")) tell(paint.startTime);
        }).observe({ type: "paint", buffered: true }))
        """;

    /// <summary>Every page but the consoles of stores and operators.</summary>
    [Theory]
    [InlineData("", "/stores")]
    [InlineData("", Visitors.FirstStore)]
    [InlineData("", "/orders/basket")]
    [InlineData("", "/sign-in")]
    [InlineData("", "/register")]
    [InlineData("customer", "/orders")]
    [InlineData("customer", "/reviews/mine")]
    [InlineData("rider", "/rider")]
    [InlineData("rider", "/rider/earnings")]
    public async Task A_page_weighs_less_than_200_KB_in_all(string account, string path)
    {
        var (bytes, _) = await VisitAsync(account, path);

        Tell($"{path}: {bytes / 1000.0:0.0} KB");
        bytes.ShouldBeInRange(1, Most, path);
    }

    [Fact]
    public async Task The_order_page_weighs_less_than_200_KB_in_all()
    {
        await using var visitors = new Visitors(site, "en", 390, 844);
        var customer = await visitors.AsAsync("customer");
        var path = $"/orders/{await Visitors.OrderAsync(customer)}";

        var (bytes, _) = await VisitAsync("customer", path);

        Tell($"order page: {bytes / 1000.0:0.0} KB");
        bytes.ShouldBeInRange(1, Most);
        await customer.ClickAsync("form[action$='/cancel'] button");
        await customer.WaitForSelectorAsync(".steps li.bad");
    }

    /// <summary>
    /// The time is told and not judged: it is the machine's as much as the page's. The second visitor finds a host that
    /// has shown the page before; both have nothing in their caches.
    /// </summary>
    [Fact]
    public async Task The_list_of_stores_is_painted()
    {
        foreach (var visitor in new[] { "first", "second" })
        {
            var (_, painted) = await VisitAsync("", "/stores");
            Tell($"first contentful paint of /stores, {visitor} visitor: {painted:0} ms");
            painted.ShouldBeGreaterThan(0);
        }
    }

    private async Task<(long Bytes, double Painted)> VisitAsync(string account, string path)
    {
        await using var visitors = new Visitors(site, "en", 390, 844);
        var page = await visitors.AnybodyAsync();
        if (account.Length > 0)
        {
            await page.GotoAsync("/sign-in");
            await Visitors.SignInAsync(page, account);
        }
        var bytes = 0L;
        var network = await page.Context.NewCDPSessionAsync(page);
        network.Event("Network.loadingFinished").OnEvent += (_, finished) =>
            Interlocked.Add(ref bytes, (long)finished!.Value.GetProperty("encodedDataLength").GetDouble());
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.clearBrowserCache");

        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        await page.WaitForSelectorAsync("main .loading", new() { State = WaitForSelectorState.Detached });
        var painted = await page.EvaluateAsync<double>(FirstContentfulPaint);
        await page.Context.CloseAsync();
        return (Interlocked.Read(ref bytes), painted);
    }

    private static void Tell(FormattableString figure) =>
        Console.WriteLine(figure.ToString(CultureInfo.InvariantCulture));
}
