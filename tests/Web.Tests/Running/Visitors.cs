using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Web.Tests.Running;

/// <summary>People who visit the site with one language and size of screen, each with cookies of their own.</summary>
internal sealed class Visitors(Site site, string language, int width, int height, Uri? address = null)
{
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

    /// <summary>What browsers complained about, on whichever page.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>A visitor with a fresh browser.</summary>
    public async Task<IPage> AnybodyAsync(bool scripts = true)
    {
        var context = await site.Browser.NewContextAsync(
            new BrowserNewContextOptions(_options) { JavaScriptEnabled = scripts }
        );
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

    /// <summary>A visitor who has signed in with a demo account, through the form.</summary>
    public async Task<IPage> AsAsync(string account)
    {
        var page = await AnybodyAsync();
        await page.GotoAsync("/sign-in");
        await SignInAsync(page, account);
        return page;
    }

    public static async Task SignInAsync(IPage page, string account)
    {
        await page.FillAsync("input[name=email][type=email]", $"{account}@demo.local");
        await page.FillAsync("input[name=password][type=password]", Password);
        await page.ClickAsync("form:has(input[type=email]) button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
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
