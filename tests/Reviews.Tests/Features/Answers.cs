using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Reviews.Tests.Features;

/// <summary>Reads answers as a client would, by member name.</summary>
internal static class Answers
{
    public static async Task<JsonElement> OkAsync(this Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }

    public static async Task ShouldBeAsync(this Task<HttpResponseMessage> answering, HttpStatusCode status)
    {
        using var answer = await answering;
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
    }

    public static async Task ShouldBeAsync(
        this Task<HttpResponseMessage> answering,
        HttpStatusCode status,
        string code
    )
    {
        using var answer = await answering;
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonDocument.Parse(body).RootElement.Text("code").ShouldBe(code);
    }

    public static async Task ShouldNameFieldAsync(this Task<HttpResponseMessage> answering, string field)
    {
        using var answer = await answering;
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.Text("code").ShouldBe("validation_failed");
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(problem.ToString());
    }

    public static string? Text(this JsonElement json, string member) => json.GetProperty(member).GetString();

    public static int Number(this JsonElement json, string member) => json.GetProperty(member).GetInt32();

    public static double Fraction(this JsonElement json, string member) =>
        json.GetProperty(member).GetDouble();

    public static bool IsNull(this JsonElement json, string member) =>
        json.GetProperty(member).ValueKind == JsonValueKind.Null;

    public static IReadOnlyList<JsonElement> Items(this JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray()];
}
