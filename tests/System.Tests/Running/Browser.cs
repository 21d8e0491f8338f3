using System.Net;
using System.Text.Json.Nodes;

namespace System.Tests.Running;

/// <summary>What a person's browser sends: cookies it was given, where a form comes from, and a wish for pages.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    private Browser(Uri site) =>
        _http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = site,
            Timeout = TimeSpan.FromMinutes(2),
        };

    /// <summary>Signs in with a demo account, by the form.</summary>
    public static async Task<Browser> SignInAsync(HostProcess host, string account)
    {
        var browser = new Browser(host.Api.Address);
        var signedIn = await browser.SubmitAsync(
            "/sign-in",
            ("email", $"{account}@demo.local"),
            ("password", "Demo-1234!"),
            ("back", "/docs")
        );
        signedIn.ShouldBe(200);
        return browser;
    }

    public Task<Answer> LookAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>A form of this site.</summary>
    public Task<Answer> SubmitAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, fields, "same-origin");

    /// <summary>The same form, which another site has the browser send.</summary>
    public Task<Answer> SubmitFromElsewhereAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, fields, "cross-site");

    /// <summary>The first event of a live stream.</summary>
    public async Task<JsonNode> FollowAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/event-stream");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        ((int)response.StatusCode).ShouldBe(200, path);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonNode.Parse(line["data: ".Length..])!;
        }
        throw new InvalidOperationException($"{path} ended and said nothing.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        (string Name, string Value)[]? fields,
        string? site = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Accept", "text/html");
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        if (fields is not null)
        {
            request.Content = new FormUrlEncodedContent(
                fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            );
        }
        using var response = await _http.SendAsync(request);
        return new Answer(
            $"{method} {path}",
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync()
        );
    }
}
