using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Settings;

namespace Host.Commands;

/// <summary>
/// Shows what modules have handled of each other's streams beside what the streams are now, and has them go on as an
/// operator decides where the two are not the same. It asks a running web app, in the operator's name.
/// </summary>
internal static class Streams
{
    private const string TokenVariable = "MONOLITH_OPERATOR_TOKEN";

    /// <summary>The exit code of a look that found a stream which is not the one that was followed.</summary>
    private const int Differs = 2;

    private const string Usage =
        "streams                                     every stream that a module follows\n"
        + "streams <module> <stream>                   both sides of one\n"
        + "streams <module> <stream> go-on             keep the effects, go on behind the newest event\n"
        + "streams <module> <stream> handle-anew       keep the effects, handle what is behind the common event, or --from=N\n"
        + "Settings: --web=http://localhost:5080, and --reason=\"…\" with a decision. The operator's token comes from "
        + TokenVariable
        + ".";

    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(line.Settings).Build();
        using var web = WebFor(settings);
        switch (line.Words)
        {
            case [_]:
                return await ListAsync(web);
            case [_, var module, var stream]:
                return Show(await AskAsync(web, HttpMethod.Get, PathOf(module, stream)));
            case [_, var module, var stream, "go-on" or "handle-anew"]:
                var choice = line.Words[3] == "go-on" ? "GoOn" : "HandleAnew";
                var from = settings["from"] is { } position ? $"&from={Uri.EscapeDataString(position)}" : "";
                var reason = Uri.EscapeDataString(settings["reason"] ?? "");
                return Show(
                    await AskAsync(
                        web,
                        HttpMethod.Post,
                        $"{PathOf(module, stream)}/decision?choice={choice}{from}&reason={reason}"
                    )
                );
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 1;
        }
    }

    private static HttpClient WebFor(IConfiguration settings)
    {
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
            throw new SettingRefusedException(TokenVariable, "set it to an operator's access token.");
        var address = settings["web"] ?? "http://localhost:5080";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var web) || web.Scheme is not ("http" or "https"))
            throw new SettingRefusedException("web", $"'{address}' is not the address of a web app.");
        return new HttpClient { BaseAddress = web, Timeout = TimeSpan.FromSeconds(30) }.As(token);
    }

    private static HttpClient As(this HttpClient web, string token)
    {
        web.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return web;
    }

    private static string PathOf(string module, string stream) =>
        $"/api/ops/modules/{Uri.EscapeDataString(module)}/streams/{Uri.EscapeDataString(stream)}";

    private static async Task<int> ListAsync(HttpClient web)
    {
        if (await AskAsync(web, HttpMethod.Get, "/api/ops/modules") is not { } modules)
            return 1;
        var outcome = 0;
        foreach (var module in modules.EnumerateArray())
        foreach (var followed in module.GetProperty("subscriptions").EnumerateArray())
        {
            var (name, stream) = (Text(module, "name"), Text(followed, "stream"));
            if (await AskAsync(web, HttpMethod.Get, PathOf(name, stream)) is not { } sides)
                outcome = 1;
            else if (Text(sides, "difference") is { Length: > 0 } difference)
            {
                Console.WriteLine($"{name} follows {stream}: {difference}.");
                outcome = Differs;
            }
            else
                Console.WriteLine($"{name} follows {stream}: as it should, at {Place(sides, "handled")}.");
        }
        return outcome;
    }

    private static int Show(JsonElement? answer)
    {
        if (answer is not { } sides)
            return 1;
        var difference = Text(sides, "difference");
        Console.WriteLine($"{Text(sides, "module")} follows {Text(sides, "stream")}.");
        Console.WriteLine($"  handled    {Place(sides, "handled")}");
        Console.WriteLine($"  published  {Place(sides, "head")}");
        if (difference.Length > 0)
        {
            Console.WriteLine($"  common     {Place(sides, "common")}");
            Console.WriteLine($"They differ: {difference}.");
            Console.WriteLine(
                $"Behind the common event {sides.GetProperty("onlyHandled")} positions were handled that the stream does not have, "
                    + $"and it has {sides.GetProperty("onlyPublished")} that were not handled."
            );
            Console.WriteLine("Decide with 'go-on' or 'handle-anew', and --reason.");
        }
        foreach (var decision in sides.GetProperty("decisions").EnumerateArray())
        {
            Console.WriteLine(
                $"  {Text(decision, "decidedAt")} {Text(decision, "choice")} by {Text(decision, "decidedBy")}, from "
                    + $"{decision.GetProperty("fromPosition")} to {decision.GetProperty("toPosition")}: {Text(decision, "reason")}"
            );
        }
        return difference.Length > 0 ? Differs : 0;
    }

    private static async Task<JsonElement?> AskAsync(HttpClient web, HttpMethod method, string path)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await web.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
                return JsonElement.Parse(body);
            await Console.Error.WriteLineAsync(
                $"{web.BaseAddress} answers {(int)answer.StatusCode}: {ReasonIn(body)}"
            );
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException or JsonException)
        {
            await Console.Error.WriteLineAsync($"{web.BaseAddress} cannot be asked: {failure.Message}");
        }
        return null;
    }

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

    private static string Place(JsonElement sides, string side)
    {
        var place = sides.GetProperty(side);
        return $"{place.GetProperty("position")} {Text(place, "eventId")} {Text(place, "saidAt")}".TrimEnd();
    }

    private static string Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(member, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : "";
}
