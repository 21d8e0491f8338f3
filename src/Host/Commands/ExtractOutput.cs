using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Homes;
using static Host.Commands.OperatorWeb;

namespace Host.Commands;

/// <summary>What the command <c>extract</c> says: words for people, or one document for scripts.</summary>
internal sealed class ExtractOutput(bool isJson) : IProgress<MoveProgress>
{
    private readonly bool _isLive = !Console.IsOutputRedirected;
    private string _said = "";
    private (int Calls, TimeSpan For)? _held;

    public void Say(string text)
    {
        if (!isJson)
            Console.WriteLine(text);
    }

    /// <summary>Prints the document; with what was held, if something was.</summary>
    public void Show(JsonElement document)
    {
        if (!isJson)
            return;
        var whole = JsonObject.Create(document)!;
        if (_held is var (calls, longest))
            whole["held"] = new JsonObject
            {
                ["calls"] = calls,
                ["milliseconds"] = longest.TotalMilliseconds,
            };
        Console.WriteLine(whole.ToJsonString());
    }

    /// <summary>Says how many calls were held, and for how long at the most 99 of 100 of them.</summary>
    public void SayHeld((int Calls, TimeSpan For) held)
    {
        _held = held;
        Say(
            FormattableString.Invariant(
                $"  {held.Calls:N0} calls were held, 99 of 100 for at most {held.For.TotalSeconds:0.00} s"
            )
        );
    }

    /// <summary>Says where a module is at home, unless that was said just before.</summary>
    public void SayHome(JsonElement home)
    {
        var line = LineOf(home);
        if (line != _said)
            Say(_said = line);
    }

    /// <summary>On a terminal in one line that changes, elsewhere by a line for each table and step.</summary>
    public void Report(MoveProgress value)
    {
        if (isJson)
            return;
        var isDone = value.Table is null || value.Done >= value.InAll;
        var line = FormattableString.Invariant(
            value.Table is not null
                ? $"  {value.Step} {value.Table}: {value.Done:N0} of {value.InAll:N0} rows"
            : value.Left > 0 ? (FormattableString)$"  {value.Step}: {value.Left:N0} changes left"
            : $"  {value.Step}"
        );
        if (_isLive)
            Console.Write($"\r{line, -78}{(isDone ? "\n" : "")}");
        else if (isDone && line != _said)
            Console.WriteLine(_said = line);
    }

    /// <summary>Says how the two databases compared.</summary>
    public void SayComparison(JsonElement home)
    {
        if (
            home.GetProperty("progress") is not { ValueKind: JsonValueKind.Object } progress
            || !progress.TryGetProperty("comparison", out var tables)
        )
            return;
        foreach (var table in tables.EnumerateArray())
        {
            Say(
                FormattableString.Invariant(
                    $"  {(table.GetProperty("isEqual").GetBoolean() ? "same" : "DIFFERS")}  {Text(table, "table"), -24} {table.GetProperty("sourceRows").GetInt64(), 12:N0} {table.GetProperty("targetRows").GetInt64(), 12:N0}"
                )
            );
        }
    }

    private static string LineOf(JsonElement home)
    {
        var address = Text(home, "address") is { Length: > 0 } known ? $" at {known}" : "";
        var state = Text(home, "state") switch
        {
            "Preparing" => $", preparing '{Text(home, "next")}'",
            "Switching" => $", '{Text(home, "former")}' ends what it had begun",
            "HandingOver" => $", its calls are held while its data goes over to '{Text(home, "next")}'",
            _ => "",
        };
        var trouble = Text(home, "trouble") is { Length: > 0 } told ? $". {told}" : "";
        return $"{Text(home, "module")} is at home in '{Text(home, "home")}'{address} (epoch {Text(home, "epoch")}){state}{trouble}";
    }
}
