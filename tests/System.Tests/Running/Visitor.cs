using System.Net;
using System.Text;

namespace System.Tests.Running;

/// <summary>Somebody with a browser's cookies who sends forms as a browser does, or not quite.</summary>
internal sealed class Visitor : IDisposable
{
    private const string Password = "Demo-1234!";

    private readonly HttpClient _http;

    public Visitor(Uri address)
    {
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    /// <summary>Somebody who has signed in with a demo account.</summary>
    public static async Task<Visitor> AsAsync(HostProcess host, string account)
    {
        var visitor = new Visitor(host.Api.Address);
        using var signedIn = await visitor.SendAsync(
            "/sign-in",
            ("email", $"{account}@demo.local"),
            ("password", Password)
        );
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return visitor;
    }

    /// <summary>The cookies of somebody who has signed in with a demo account.</summary>
    public static async Task<string> CookieOfAsync(HostProcess host, string account)
    {
        using var visitor = new Visitor(host.Api.Address);
        using var signedIn = await visitor.SendAsync(
            "/sign-in",
            ("email", $"{account}@demo.local"),
            ("password", Password)
        );
        signedIn.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return string.Join(
            "; ",
            signedIn.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])
        );
    }

    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        return await PostAsync(path, form);
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string body, string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await PostAsync(path, content);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Accept", "text/html");
        return await _http.SendAsync(request);
    }

    /// <summary>Calls with a token in place of a session.</summary>
    public void Authorize(string token) => _http.DefaultRequestHeaders.Authorization = new("Bearer", token);

    /// <summary>Tries a way in, as a program that reads problems; a stream is left when it has begun.</summary>
    public async Task<HttpResponseMessage> TryAsync(string method, string path, string? json)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept", "application/json");
        if (method is not "GET" and not "DELETE")
        {
            request.Content = json is null
                ? new FormUrlEncodedContent([])
                : new StringContent(json, Encoding.UTF8, "application/json");
        }
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<string> SeeAsync(string path) => _http.GetStringAsync(path);

    public void Dispose() => _http.Dispose();
}
