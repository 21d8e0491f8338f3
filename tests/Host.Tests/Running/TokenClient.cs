using System.Net.Http.Json;
using System.Text.Json;

namespace Host.Tests.Running;

internal static class TokenClient
{
    public static async Task<HttpResponseMessage> AskForTokenAsync(
        this HttpClient http,
        string name,
        string password = "Demo-1234!",
        string? scope = null
    )
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "password",
            ["client_id"] = "monolith-cli",
            ["username"] = name,
            ["password"] = password,
        };
        if (scope is not null)
            form["scope"] = scope;
        using var content = new FormUrlEncodedContent(form);
        return await http.PostAsync("/connect/token", content);
    }

    public static async Task<string> TokenOfAsync(this HttpClient http, string name)
    {
        using var answer = await http.AskForTokenAsync(name);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        return (await answer.ReadJsonAsync()).GetProperty("access_token").GetString()!;
    }

    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task ShouldBeProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, body);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", body);
        var problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("code").GetString().ShouldBe(code, body);
        problem.GetProperty("type").GetString().ShouldBe($"urn:problem:{code}", body);
        problem.GetProperty("status").GetInt32().ShouldBe(status, body);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty(body);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty(body);
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty(body);
    }
}
