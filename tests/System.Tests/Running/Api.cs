using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace System.Tests.Running;

/// <summary>One host's API over HTTP.</summary>
internal sealed class Api(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    public Uri Address => address;

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, token);

    public Task<Answer> PostAsync(string path, string token, object? body = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, token, Json(body), key);

    public Task<Answer> PutAsync(string path, string token, object? body = null) =>
        SendAsync(HttpMethod.Put, path, token, Json(body));

    public async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        string? token = null,
        HttpContent? content = null,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await _http.SendAsync(request);
        return new Answer(
            $"{method} {path}",
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync()
        );
    }

    public static HttpContent Text(string text, string? mediaType = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        if (mediaType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    public void Dispose() => _http.Dispose();

    private static HttpContent? Json(object? body) =>
        body is null ? null : Text(JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
}

/// <summary>An answer that has been read to its end.</summary>
internal sealed record Answer(string Request, int Status, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public bool Succeeded => Status is >= 200 and < 300;

    public string? Code => Status >= 400 && Body.StartsWith('{') ? (string?)Json["code"] : null;

    public Answer ShouldBe(int status)
    {
        Status.ShouldBe(status, ToString());
        return this;
    }

    public Answer ShouldBe(int status, string code)
    {
        ShouldBe(status);
        Code.ShouldBe(code, ToString());
        return this;
    }

    public Guid Id(string member) => (Guid)Json[member]!;

    public override string ToString() => $"{Request} → {Status} {Body}";
}
