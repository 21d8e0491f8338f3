using System.Text.Json;
using static Host.Commands.OperatorWeb;

namespace Host.Commands;

/// <summary>
/// Moves a module to another process while it is used, and back. It begins the move and watches it: the processes do
/// the rest by themselves, so that nothing is lost when this one is killed, and it may be run again.
/// </summary>
internal static class Extract
{
    /// <summary>The exit code of a move that was refused, or given up with nothing changed.</summary>
    private const int Refused = 2;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private static readonly string[] Verbs = ["--plan", "--status", "--undo", "--finish"];

    private const string Usage =
        "extract <module> --to=http://host:port             moves it there; run again, it goes on\n"
        + "extract <module> --to=http://host:port --plan      says what that would do, and why it would be refused\n"
        + "extract <module> --status                          where it is at home, and how far a move has come\n"
        + "extract <module> --undo                            brings it back, with all that was written meanwhile\n"
        + "extract <module> --finish                          ends the move for good\n"
        + "Settings: --web=http://localhost:5080, and --json. The operator's token comes from "
        + TokenVariable
        + ". Exit codes: 0 done, 1 could not be asked, 2 refused or given up.";

    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        var flags = line.Settings.Where(one => Verbs.Contains(one) || one == "--json").ToList();
        var settings = new ConfigurationBuilder().AddCommandLine([.. line.Settings.Except(flags)]).Build();
        var verbs = flags.Where(Verbs.Contains).ToList();
        if (line.Words is not [_, var module] || verbs.Count > 1)
            return await ExplainAsync();
        using var web = At(settings);
        var output = new Output(flags.Contains("--json"));
        var home = $"/api/ops/modules/{Uri.EscapeDataString(module)}/home";
        var to = settings["to"];
        return verbs.FirstOrDefault() switch
        {
            "--status" => await ShowAsync(web, HttpMethod.Get, home, output),
            "--finish" => await FinishAsync(web, home, output),
            "--undo" => await UndoAsync(web, home, output),
            "--plan" when to is not null => await PlanAsync(
                web,
                $"{home}/plan?to={Uri.EscapeDataString(to)}",
                output
            ),
            null when to is not null => await MoveAsync(web, home, to, output),
            _ => await ExplainAsync(),
        };
    }

    private static async Task<int> ExplainAsync()
    {
        await Console.Error.WriteLineAsync(Usage);
        return 1;
    }

    private static async Task<int> PlanAsync(OperatorWeb web, string path, Output output)
    {
        if (await web.AskAsync(HttpMethod.Get, path) is not { } plan)
            return CodeOf(web);
        output.Show(plan);
        foreach (var step in plan.GetProperty("steps").EnumerateArray())
            output.Say($"  {step.GetString()}");
        var refusals = plan.GetProperty("refusals").EnumerateArray().ToList();
        foreach (var refusal in refusals)
            output.Say($"refused: {refusal.GetString()}");
        return refusals.Count > 0 ? Refused : 0;
    }

    private static async Task<int> MoveAsync(OperatorWeb web, string home, string to, Output output)
    {
        if (await web.AskAsync(HttpMethod.Get, home) is not { } before)
            return CodeOf(web);
        if (Text(before, "state") == "Settled" && !IsAt(before, to))
        {
            if (await web.AskAsync(HttpMethod.Post, $"{home}/move?to={Uri.EscapeDataString(to)}") is null)
                return CodeOf(web);
        }
        return await WatchAsync(web, home, output) is not { } after ? CodeOf(web)
            : IsAt(after, to) ? 0
            : Refused;
    }

    private static async Task<int> UndoAsync(OperatorWeb web, string home, Output output)
    {
        if (await web.AskAsync(HttpMethod.Post, $"{home}/undo") is not { } begun)
            return CodeOf(web);
        var wanted = Text(begun, "state") switch
        {
            "Preparing" => Text(begun, "next"),
            _ => Text(begun, "home"),
        };
        return await WatchAsync(web, home, output) is not { } after ? CodeOf(web)
            : Text(after, "home") == wanted ? 0
            : Refused;
    }

    private static async Task<int> FinishAsync(OperatorWeb web, string home, Output output)
    {
        var code = await ShowAsync(web, HttpMethod.Post, $"{home}/finish", output);
        if (code == 0)
            output.Say(
                "Have the configuration say so: elsewhere the module's Placement is Remote, with this Address, and the login to its schema can be taken away."
            );
        return code;
    }

    private static async Task<int> ShowAsync(OperatorWeb web, HttpMethod method, string path, Output output)
    {
        if (await web.AskAsync(method, path) is not { } home)
            return CodeOf(web);
        output.Show(home);
        output.Say(Line(home));
        foreach (var one in home.GetProperty("processes").EnumerateArray())
        {
            output.Say(
                $"  {Text(one, "home")} {Text(one, "id")}: epoch {Text(one, "epoch")}, {Text(one, "state")}, {Text(one, "underWay")} under way {Text(one, "trouble")}".TrimEnd()
            );
        }
        return 0;
    }

    /// <summary>Says each change until the module is settled somewhere.</summary>
    private static async Task<JsonElement?> WatchAsync(OperatorWeb web, string path, Output output)
    {
        var said = "";
        while (true)
        {
            if (await web.AskAsync(HttpMethod.Get, path) is not { } home)
                return null;
            var line = Line(home);
            if (line != said)
                output.Say(said = line);
            if (Text(home, "state") == "Settled")
            {
                output.Show(home);
                return home;
            }
            await Task.Delay(BetweenLooks);
        }
    }

    private static string Line(JsonElement home)
    {
        var address = Text(home, "address") is { Length: > 0 } known ? $" at {known}" : "";
        var state = Text(home, "state") switch
        {
            "Preparing" => $", preparing '{Text(home, "next")}'",
            "Switching" => $", '{Text(home, "former")}' ends what it had begun",
            _ => "",
        };
        var trouble = Text(home, "trouble") is { Length: > 0 } told ? $". {told}" : "";
        return $"{Text(home, "module")} is at home in '{Text(home, "home")}'{address} (epoch {Text(home, "epoch")}){state}{trouble}";
    }

    private static bool IsAt(JsonElement home, string to) =>
        Uri.TryCreate(to, UriKind.Absolute, out var wanted)
        && Uri.TryCreate(Text(home, "address"), UriKind.Absolute, out var address)
        && wanted == address;

    private static int CodeOf(OperatorWeb web) => web.Status is 409 ? Refused : 1;

    /// <summary>Words for people, or one document for scripts.</summary>
    private sealed record Output(bool IsJson)
    {
        public void Say(string text)
        {
            if (!IsJson)
                Console.WriteLine(text);
        }

        public void Show(JsonElement document)
        {
            if (IsJson)
                Console.WriteLine(document.GetRawText());
        }
    }
}
