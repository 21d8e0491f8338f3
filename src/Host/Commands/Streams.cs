using System.Text.Json;
using static Host.Commands.OperatorWeb;

namespace Host.Commands;

/// <summary>
/// Shows what modules have handled of each other's streams beside what the streams are now, and has them go on as an
/// operator decides where the two are not the same. It asks a running web app, in the operator's name.
/// </summary>
internal static class Streams
{
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
        using var web = At(settings);
        switch (line.Words)
        {
            case [_]:
                return await ListAsync(web);
            case [_, var module, var stream]:
                return Show(await web.AskAsync(HttpMethod.Get, PathOf(module, stream)));
            case [_, var module, var stream, "go-on" or "handle-anew"]:
                var choice = line.Words[3] == "go-on" ? "GoOn" : "HandleAnew";
                var from = settings["from"] is { } position ? $"&from={Uri.EscapeDataString(position)}" : "";
                var reason = Uri.EscapeDataString(settings["reason"] ?? "");
                return Show(
                    await web.AskAsync(
                        HttpMethod.Post,
                        $"{PathOf(module, stream)}/decision?choice={choice}{from}&reason={reason}"
                    )
                );
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 1;
        }
    }

    private static string PathOf(string module, string stream) =>
        $"/api/ops/modules/{Uri.EscapeDataString(module)}/streams/{Uri.EscapeDataString(stream)}";

    private static async Task<int> ListAsync(OperatorWeb web)
    {
        if (await web.AskAsync(HttpMethod.Get, "/api/ops/modules") is not { } modules)
            return 1;
        var outcome = 0;
        foreach (var module in modules.EnumerateArray())
        foreach (var followed in module.GetProperty("subscriptions").EnumerateArray())
        {
            var (name, stream) = (Text(module, "name"), Text(followed, "stream"));
            if (await web.AskAsync(HttpMethod.Get, PathOf(name, stream)) is not { } sides)
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

    private static string Place(JsonElement sides, string side)
    {
        var place = sides.GetProperty(side);
        return $"{place.GetProperty("position")} {Text(place, "eventId")} {Text(place, "saidAt")}".TrimEnd();
    }
}
