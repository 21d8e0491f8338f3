using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Settings;

namespace Host.Commands;

/// <summary>A running web app as commands ask it, in the name of the operator whose token they were given.</summary>
internal sealed class OperatorWeb : IDisposable
{
    public const string TokenVariable = "MONOLITH_OPERATOR_TOKEN";

    private readonly HttpClient _http;

    private OperatorWeb(HttpClient http) => _http = http;

    /// <summary>The status of the last answer; null when there was none.</summary>
    public int? Status { get; private set; }

    /// <summary>The web app that the settings name.</summary>
    /// <exception cref="SettingRefusedException">There is no token, or <c>--web</c> is no address.</exception>
    public static OperatorWeb At(IConfiguration settings)
    {
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
            throw new SettingRefusedException(TokenVariable, "set it to an operator's access token.");
        var address = settings["web"] ?? "http://localhost:5080";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var web) || web.Scheme is not ("http" or "https"))
            throw new SettingRefusedException("web", $"'{address}' is not the address of a web app.");
        var http = new HttpClient { BaseAddress = web, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new OperatorWeb(http);
    }

    /// <summary>What it answers; null when it refuses or cannot be asked, which is said on the error output.</summary>
    public async Task<JsonElement?> AskAsync(HttpMethod method, string path)
    {
        Status = null;
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await _http.SendAsync(request);
            Status = (int)answer.StatusCode;
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
                return JsonElement.Parse(body);
            await Console.Error.WriteLineAsync($"{_http.BaseAddress} answers {Status}: {ReasonIn(body)}");
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException or JsonException)
        {
            await Console.Error.WriteLineAsync($"{_http.BaseAddress} cannot be asked: {failure.Message}");
        }
        return null;
    }

    /// <summary>A member's text; empty when it is null or not there.</summary>
    public static string Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(member, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : "";

    public void Dispose() => _http.Dispose();

    private static string ReasonIn(string body)
    {
        try
        {
            return Text(JsonElement.Parse(body), "detail");
        }
        catch (JsonException)
        {
            return "it is no web app of this kind, or does not know the operator";
        }
    }
}
