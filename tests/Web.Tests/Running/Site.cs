using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Web.Tests.Running.Site))]

namespace Web.Tests.Running;

/// <summary>One host and one browser for all tests, which visit them one after the other: they share demo accounts.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>The collection of every test here.</summary>
    public const string Visited = "Visits";

    private static readonly string Chromium =
        Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    private WebHost? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the host listens.</summary>
    public Uri Address => _host!.Address;

    /// <summary>The browser. Where there is none, the test is skipped, except in CI.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(
                _browser is null && Environment.GetEnvironmentVariable("CI") != "true",
                $"There is no {Chromium}: install chromium, or name it in CHROMIUM."
            );
            return _browser ?? throw new FileNotFoundException("CI needs a browser.", Chromium);
        }
    }

    /// <summary>A program that calls the API as a demo account.</summary>
    public async Task<HttpClient> CallerAsync(string account)
    {
        var http = new HttpClient { BaseAddress = Address };
        using var asked = await http.PostAsync(
            "/connect/token",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "password",
                    ["client_id"] = "monolith-cli",
                    ["username"] = $"{account}@demo.local",
                    ["password"] = "Demo-1234!",
                }
            )
        );
        var token = await asked.Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            token.GetProperty("access_token").GetString()
        );
        return http;
    }

    /// <summary>Has Orders say something that no listener can read; each parks it. Returns its key.</summary>
    public Guid SayWhatNobodyCanRead() =>
        _host!.Say("orders", "orders.nobody-knows.v1", """{"what":"nobody knows"}""");

    public async ValueTask InitializeAsync()
    {
        _host = await WebHost.StartAsync();
        if (!File.Exists(Chromium))
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Chromium,
                Args = ["--no-sandbox", "--disable-gpu"],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
