using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Web.Tests.Running;

/// <summary>People who visit the site with one language and size of screen, each with cookies of their own.</summary>
internal sealed class Visitors(Site site, string language, int width, int height, Uri? address = null)
    : IAsyncDisposable
{
    /// <summary>The store that <c>store@demo.local</c> keeps; it is open around the clock.</summary>
    public const string FirstStore = "/stores/0199c000-0000-7000-8000-000000000101";

    private const string Password = "Demo-1234!";
    private const float Patience = 60_000;

    private readonly BrowserNewContextOptions _options = new()
    {
        BaseURL = (address ?? site.Address).ToString(),
        Locale = language,
        TimezoneId = "Asia/Seoul",
        ViewportSize = new ViewportSize { Width = width, Height = height },
        ReducedMotion = ReducedMotion.Reduce,
    };

    private readonly ConcurrentBag<IBrowserContext> _contexts = [];

    /// <summary>What browsers complained about, on whichever page.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>A visitor with a fresh browser.</summary>
    public async Task<IPage> AnybodyAsync(bool scripts = true)
    {
        var context = await site.Browser.NewContextAsync(
            new BrowserNewContextOptions(_options) { JavaScriptEnabled = scripts }
        );
        _contexts.Add(context);
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complaints.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Enqueue($"{page.Url}: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                Complaints.Enqueue($"{response.Url}: {response.Status}");
        };
        return page;
    }

    /// <summary>Everybody leaves: a page left open goes on saying where its rider is, in the midst of the next test.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
    }

    /// <summary>A visitor who has signed in with a demo account, through the form.</summary>
    public async Task<IPage> AsAsync(string account, bool scripts = true)
    {
        var page = await AnybodyAsync(scripts);
        await page.GotoAsync("/sign-in");
        await SignInAsync(page, account);
        return page;
    }

    public static async Task SignInAsync(IPage page, string account)
    {
        await page.FillAsync("input[name=email][type=email]", $"{account}@demo.local");
        await page.FillAsync("input[name=password][type=password]", Password);
        await page.ClickAsync("form:has(input[type=email]) button[type=submit]");
        await ArriveAsync(page, url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Waits until the browser is on a page whose address ends so, and has all of it.</summary>
    public static Task ArriveAsync(IPage page, string end) =>
        ArriveAsync(page, url => url.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Asks the page itself: to be told of its load event, one would have to come before it.</summary>
    private static async Task ArriveAsync(IPage page, Func<string, bool> isThere)
    {
        await page.WaitForURLAsync(isThere, new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }

    /// <summary>Puts two of the first store's first dish into the basket and goes to it.</summary>
    public static async Task FillBasketAsync(IPage customer)
    {
        await customer.GotoAsync("/stores");
        await customer.ClickAsync($"a[href='{FirstStore}']");
        await customer.ClickAsync("details.dish >> nth=0 >> summary");
        await customer.FillAsync("details.dish[open] input[name=quantity]", "2");
        await customer.ClickAsync("details.dish[open] button[type=submit]");
        await customer.ClickAsync("a.mud-button-root[href='/orders/basket']");
        await ArriveAsync(customer, "/orders/basket");
    }

    /// <summary>Orders what <see cref="FillBasketAsync"/> puts in; the page is then the order's.</summary>
    public static async Task<Guid> OrderAsync(IPage customer)
    {
        await FillBasketAsync(customer);
        await customer.ClickAsync("form[action='/orders/basket/place'] button[type=submit]");
        await customer.WaitForSelectorAsync("[data-status=Placed]");
        return Guid.Parse(new Uri(customer.Url).Segments[^1]);
    }

    /// <summary>Sends a form and waits for the page that answers it.</summary>
    public static async Task SendAsync(IPage page, string button)
    {
        await page.EvaluateAsync("document.documentElement.dataset.old = '1'");
        await page.ClickAsync(button);
        await page.WaitForSelectorAsync(
            "html:not([data-old])",
            new() { State = WaitForSelectorState.Attached }
        );
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }

    /// <summary>Nothing serious on the page for people who see, hear or move otherwise.</summary>
    public static async Task ShouldBeAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe();
        found
            .Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation =>
                $"{page.Url}: {violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"
            )
            .ShouldBeEmpty();
    }

    /// <summary>Looks at a page as a demanding visitor does, and keeps a picture of it.</summary>
    public static async Task LookAsync(IPage page, string name)
    {
        await ShouldBeAccessibleAsync(page);
        await ShootAsync(page, name);
    }

    /// <summary>Keeps a picture where SCREENSHOTS names a folder.</summary>
    public static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = false }
        );
    }
}
