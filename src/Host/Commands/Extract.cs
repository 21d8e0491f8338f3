using System.Data.Common;
using System.Text.Json;
using Platform.Data;
using Platform.Extraction;
using Platform.Homes;
using static Host.Commands.OperatorWeb;

namespace Host.Commands;

/// <summary>
/// Moves a module to another process while it is used, and back. It begins the move and watches it: the processes do
/// the rest by themselves, but for the data, which this takes along if it is named a database. Nothing is lost when it
/// is killed, and it may be run again.
/// </summary>
internal sealed class Extract : IAsyncDisposable
{
    /// <summary>The exit code of a move that was refused, or given up with nothing changed.</summary>
    public const int Refused = 2;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>It asks no web app, and needs no token.</summary>
    private const string FenceVerb = "--fence";

    private static readonly string[] Verbs =
    [
        "--plan",
        "--status",
        "--undo",
        "--finish",
        "--drop",
        FenceVerb,
    ];

    private const string Usage =
        "extract <module> --to=http://host:port             moves it there; run again, it goes on\n"
        + "extract <module> --to=http://host:port --plan      says what that would do, and why it would be refused\n"
        + "extract <module> --status                          where it is at home, and how far a move has come\n"
        + "extract <module> --undo                            brings it back, with all that was written meanwhile\n"
        + "extract <module> --finish                          ends the move for good\n"
        + "extract <module> --drop                            removes the data that a finished move left behind\n"
        + "extract <module> --fence                           prepares, by the login that owns the tables, what refuses a home that was left\n"
        + "With --database='Host=…' (or "
        + DataOfMove.PlaceVariable
        + ") the data goes along, to a database of the module's own; say so with every verb but --status. "
        + "--database-engine is as at home unless said, --rows-per-second bounds the copying.\n"
        + "Settings: --web=http://localhost:5080, and --json. The operator's token comes from "
        + TokenVariable
        + ". Exit codes: 0 done, 1 could not be asked, 2 refused or given up.";

    private readonly OperatorWeb _web;
    private readonly ExtractOutput _output;
    private readonly DataOfMove? _data;
    private readonly string _home;

    private Extract(OperatorWeb web, ExtractOutput output, DataOfMove? data, string module) =>
        (_web, _output, _data, _home) = (
            web,
            output,
            data,
            $"/api/ops/modules/{Uri.EscapeDataString(module)}/home"
        );

    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        var flags = line.Settings.Where(one => Verbs.Contains(one) || one == "--json").ToList();
        var settings = line with { Settings = [.. line.Settings.Except(flags)] };
        var configuration = new ConfigurationBuilder().AddCommandLine(settings.Settings).Build();
        var verbs = flags.Where(Verbs.Contains).ToList();
        if (line.Words is not [_, var module] || verbs.Count > 1)
            return await ExplainAsync();
        if (verbs is [FenceVerb])
            return await PrepareFence.RunAsync(settings, composition, module);
        await using var extract = new Extract(
            At(configuration),
            new ExtractOutput(flags.Contains("--json")),
            DataOfMove.Open(settings, composition, module),
            module
        );
        try
        {
            return await extract.DoAsync(verbs.FirstOrDefault(), configuration["to"]);
        }
        catch (Exception refused) when (refused is MoveRefusedException or CopyRefusedException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Refused;
        }
        catch (Exception away) when (away is DbException || DatabaseFailure.IsUnreachable(away))
        {
            await Console.Error.WriteLineAsync(
                $"A database of the move cannot be used: {away.GetBaseException().Message} Run it again, and it goes on."
            );
            return 1;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        if (_data is not null)
            await _data.DisposeAsync();
    }

    private static async Task<int> ExplainAsync()
    {
        await Console.Error.WriteLineAsync(Usage);
        return 1;
    }

    private Task<int> DoAsync(string? verb, string? to) =>
        verb switch
        {
            "--status" => ShowAsync(HttpMethod.Get, _home),
            "--finish" => FinishAsync(),
            "--undo" => UndoAsync(),
            "--drop" => DropAsync(),
            "--plan" when to is not null => PlanAsync(to),
            null when to is not null => MoveAsync(to),
            _ => ExplainAsync(),
        };

    private string To(string address) =>
        $"?to={Uri.EscapeDataString(address)}{(_data is null ? "" : "&takesData=true")}";

    private async Task<int> PlanAsync(string to)
    {
        if (await _web.AskAsync(HttpMethod.Get, $"{_home}/plan{To(to)}") is not { } plan)
            return Code;
        _output.Show(plan);
        foreach (var step in plan.GetProperty("steps").EnumerateArray())
            _output.Say($"  {step.GetString()}");
        var refusals = plan.GetProperty("refusals").EnumerateArray().Select(one => one.GetString()!).ToList();
        if (_data is not null)
        {
            var (rows, more) = await _data.LookAsync();
            refusals.AddRange(more);
            _output.Say(FormattableString.Invariant($"  {rows:N0} rows are to be copied"));
        }
        foreach (var refusal in refusals)
            _output.Say($"refused: {refusal}");
        return refusals.Count > 0 ? Refused : 0;
    }

    private async Task<int> MoveAsync(string to)
    {
        if (await _web.AskAsync(HttpMethod.Get, _home) is not { } before)
            return Code;
        if (Text(before, "state") == "Settled" && !IsAt(before, to))
        {
            if (await _web.AskAsync(HttpMethod.Post, $"{_home}/move{To(to)}") is not { } begun)
                return Code;
            before = begun;
        }
        if (await TakeDataAsync(before) is { } code)
            return code;
        return await WatchAsync() is not { } after ? Code
            : IsAt(after, to) ? 0
            : Refused;
    }

    private async Task<int> UndoAsync()
    {
        if (await _web.AskAsync(HttpMethod.Get, _home) is not { } before)
            return Code;
        if (TakesData(before) && Text(before, "former").Length + Text(before, "next").Length > 0)
        {
            if (_data is null)
                return await SayDatabaseAsync();
            await _data.Move(_output).ResumeAsync(CancellationToken.None);
            if (await _web.AskAsync(HttpMethod.Get, _home) is not { } resumed)
                return Code;
            before = resumed;
        }
        var (here, former) = (Text(before, "here"), Text(before, "former"));
        if (Text(before, "state") == "Settled" && former.Length > 0 && Text(before, "home") == here)
        {
            _output.Show(before);
            _output.Say($"{Text(before, "module")} is at home in '{here}': there is nothing to bring back.");
            return 0;
        }
        // Run again, it goes on: the way back is not undone.
        var isUnderWay = Text(before, "state") == "Preparing" && Text(before, "next") == here;
        if ((isUnderWay ? before : await _web.AskAsync(HttpMethod.Post, $"{_home}/undo")) is not { } begun)
            return Code;
        var wanted = Text(begun, "state") switch
        {
            "Preparing" => Text(begun, "next"),
            _ => Text(begun, "home"),
        };
        if (_data is not null && TakesData(begun) && Text(begun, "state") == "Settled")
            await _data.Move(_output).GiveUpAsync(CancellationToken.None);
        else if (await TakeDataAsync(begun) is { } code)
            return code;
        return await WatchAsync() is not { } after ? Code
            : Text(after, "home") == wanted ? 0
            : Refused;
    }

    private async Task<int> FinishAsync()
    {
        if (await _web.AskAsync(HttpMethod.Get, _home) is not { } before)
            return Code;
        var takesData = TakesData(before);
        if (takesData && _data is null)
            return await SayDatabaseAsync();
        // One that was killed behind that goes on with what is left to be done.
        var isAfresh = !takesData || Text(before, "state") != "Settled" || Text(before, "former").Length > 0;
        if (isAfresh && await ShowAsync(HttpMethod.Post, $"{_home}/finish") is not 0 and var code)
            return code;
        if (takesData)
            await _data!.Move(_output).FinishAsync(CancellationToken.None);
        _output.Say(
            "Have the configuration say so: elsewhere the module's Placement is Remote, with this Address, and the login to its schema can be taken away."
        );
        return 0;
    }

    private async Task<int> DropAsync()
    {
        if (await _web.AskAsync(HttpMethod.Get, _home) is not { } before)
            return Code;
        if (_data is null)
            return await SayDatabaseAsync();
        await _data.Move(_output).DropAsync(CancellationToken.None);
        _output.Show(before);
        _output.Say($"The data that {Text(before, "module")} left behind is removed.");
        return 0;
    }

    /// <summary>Takes the data along on a move that is under way, if it is one of those.</summary>
    /// <returns>The exit code when it cannot; null when it has.</returns>
    private async Task<int?> TakeDataAsync(JsonElement home)
    {
        if (!TakesData(home) || Text(home, "state") == "Settled")
            return null;
        if (_data is null)
            return await SayDatabaseAsync();
        var held = await _data.Move(_output).RunAsync(CancellationToken.None);
        if (await _web.AskAsync(HttpMethod.Get, _home) is { } after)
            _output.SayComparison(after);
        if (held is not null)
            _output.SayHeld(held.Value);
        return null;
    }

    private static async Task<int> SayDatabaseAsync()
    {
        await Console.Error.WriteLineAsync(
            $"{DataOfMove.PlaceKey}: the move takes the module's data along; say where the other database is."
        );
        return 1;
    }

    private async Task<int> ShowAsync(HttpMethod method, string path)
    {
        if (await _web.AskAsync(method, path) is not { } home)
            return Code;
        _output.Show(home);
        _output.SayHome(home);
        foreach (var one in home.GetProperty("processes").EnumerateArray())
        {
            _output.Say(
                $"  {Text(one, "home")} {Text(one, "id")}: epoch {Text(one, "epoch")}, {Text(one, "state")}, {Text(one, "underWay")} under way {Text(one, "trouble")}".TrimEnd()
            );
        }
        if (home.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress)
            _output.Say(
                $"  {Text(progress, "step")} {Text(progress, "table")}: {Text(progress, "done")} of {Text(progress, "inAll")} rows, {Text(progress, "left")} changes left"
            );
        _output.SayComparison(home);
        return 0;
    }

    /// <summary>Says each change until the module is settled somewhere.</summary>
    private async Task<JsonElement?> WatchAsync()
    {
        while (true)
        {
            if (await _web.AskAsync(HttpMethod.Get, _home) is not { } home)
                return null;
            _output.SayHome(home);
            if (Text(home, "state") == "Settled")
            {
                _output.Show(home);
                return home;
            }
            await Task.Delay(BetweenLooks);
        }
    }

    private int Code => _web.Status is 409 ? Refused : 1;

    private static bool TakesData(JsonElement home) => home.GetProperty("takesData").GetBoolean();

    private static bool IsAt(JsonElement home, string to) =>
        Uri.TryCreate(to, UriKind.Absolute, out var wanted)
        && Uri.TryCreate(Text(home, "address"), UriKind.Absolute, out var address)
        && wanted == address;
}
