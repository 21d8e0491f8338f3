using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Web.Tests.Running;

/// <summary>One host, one browser, and people who visit it, each with cookies of their own.</summary>
internal sealed class Visitors : IAsyncDisposable
{
    private const string Password = "Demo-1234!";
    private const float Patience = 60_000;
    private static readonly string Chromium =
        Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly BrowserNewContextOptions _options;

    private Visitors(WebHost host, IPlaywright playwright, IBrowser browser, BrowserNewContextOptions options) =>
        (Host, _playwright, _browser, _options) = (host, playwright, browser, options);

    public WebHost Host { get; }

    /// <summary>What browsers complained about, on whichever page.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Opens the site for people with this language and size of screen.</summary>
    public static async Task<Visitors> ComeAsync(string language, int width, int height)
    {
        if (!File.Exists(Chromium))
        {
            Assert.SkipWhen(
                Environment.GetEnvironmentVariable("CI") != "true",
                $"There is no {Chromium}: install chromium, or name it in CHROMIUM."
            );
        }
        var host = await WebHost.StartAsync();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] }
        );
        return new Visitors(
            host,
            playwright,
            browser,
            new BrowserNewContextOptions
            {
                BaseURL = host.Address.ToString(),
                Locale = language,
                TimezoneId = "Asia/Seoul",
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
    }

    /// <summary>A visitor with a fresh browser.</summary>
    public async Task<IPage> AnybodyAsync(bool scripts = true)
    {
        var context = await _browser.NewContextAsync(
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

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Host.DisposeAsync();
    }
}
