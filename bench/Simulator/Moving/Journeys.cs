using System.Globalization;
using Simulator.People;

namespace Simulator.Moving;

/// <summary>Moves modules by the operator's command, and sees to it that each arrives, whatever happens meanwhile.</summary>
internal sealed class Journeys(Stage stage, IReadOnlyList<MovingDisaster> disasters, Chance chance)
{
    private const int Tries = 6;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<MoveRecord> _moves = [];
    private readonly List<string> _failures = [];
    private readonly HashSet<string> _out = new(StringComparer.Ordinal);
    private List<MovingDisaster> _toCome = [];
    private DateTimeOffset _calmFrom = stage.Now;

    /// <summary>Those that went without a disaster.</summary>
    public IReadOnlyList<MoveRecord> Moves => _moves;

    /// <summary>What a command did that it must not; empty when all is well.</summary>
    public IReadOnlyList<string> Failures => _failures;

    public int Struck { get; private set; }

    /// <summary>Nothing moves from here on.</summary>
    public void BeCalm() => _calmFrom = stage.Now;

    /// <summary>Moves it out if it is where modules begin, else back.</summary>
    public async Task MoveAsync(string module, CancellationToken stop)
    {
        var goal = _out.Contains(module) ? Stage.Web : Stage.NameOf(module);
        if (disasters.Count == 0)
            await MoveInPeaceAsync(module, goal, stop);
        else
            await MoveInDisasterAsync(module, goal, stop);
    }

    /// <summary>Brings it to where modules begin, and ends the last move for good.</summary>
    public async Task EndAsync(string module, CancellationToken stop)
    {
        await BringAsync(module, Stage.Web, stop);
        if ((await stage.StatusAsync(module, stop)).Says("former") is null)
            return;
        var answer = await stage.RunAsync(module, "--finish", stop);
        if (answer.ExitCode != OperatorCommand.Done)
            _failures.Add($"{answer}");
    }

    private async Task MoveInPeaceAsync(string module, string goal, CancellationToken stop)
    {
        var verb = VerbFor(module, goal, await stage.StatusAsync(module, stop));
        var typed = stage.Now;
        var answer = await stage.RunAsync(module, verb, stop);
        if (answer.ExitCode != OperatorCommand.Done || answer.Says("home") != goal)
        {
            _failures.Add($"{answer}");
            stage.Diary.Write($"{answer}");
            await BringAsync(module, goal, stop);
            return;
        }
        Note(module, goal);
        var steps = await stage.StepsAsync(module, typed, stop);
        var move = new MoveRecord(module, goal, _calmFrom, typed, steps[0], steps[^1]) { Held = answer.Held };
        _moves.Add(move);
        stage.Diary.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{module} is at home in '{goal}' after {(move.Ended - move.Began).TotalSeconds:0.0} s"
            )
        );
    }

    /// <summary>
    /// Lets a disaster happen while the command runs. Then the operator looks at the status, and either goes on or
    /// goes back.
    /// </summary>
    private async Task MoveInDisasterAsync(string module, string goal, CancellationToken stop)
    {
        var disaster = Next();
        var from = goal == Stage.Web ? Stage.NameOf(module) : Stage.Web;
        var verb = VerbFor(module, goal, await stage.StatusAsync(module, stop));
        await disaster.BeginAsync(stage, module, chance, stop);
        await using (var command = stage.Command(module, verb))
        {
            var ends = command.EndAsync(stop);
            await disaster.StrikeAsync(new StruckMove(stage, module, command, ends, chance), stop);
            stage.Diary.Write($"{await ends}");
        }
        if (disaster.HasPassed)
            await stage.ReadyAsync(stop);
        var goesOn = chance.Of(0.5);
        var status = await stage.StatusAsync(module, stop);
        stage.Diary.Write(
            $"{module} is {Where(status)}; {(goesOn ? "going on" : "going back")} to '{(goesOn ? goal : from)}'"
        );
        await BringAsync(module, goesOn ? goal : from, stop);
        await disaster.EndAsync(stage, module, stop);
        await stage.ReadyAsync(stop);
        Struck++;
    }

    /// <summary>Has the module settled at a home, by the command that fits how things stand, run again until it is.</summary>
    private async Task BringAsync(string module, string goal, CancellationToken stop)
    {
        var since = stage.Diary.Clock.GetTimestamp();
        for (var tried = 0; tried < Tries && stage.Diary.Clock.GetElapsedTime(since) < Patience; )
        {
            var status = await stage.StatusAsync(module, stop);
            if (status.ExitCode != OperatorCommand.Done)
            {
                _failures.Add($"{status}");
                return;
            }
            var (state, home, next) = (status.Says("state"), status.Says("home"), status.Says("next"));
            if (state == "Settled" && home == goal)
            {
                Note(module, goal);
                return;
            }
            if (
                !stage.TakesData
                && (state == "Preparing" && next == goal || state == "Switching" && home == goal)
            )
            {
                // It goes on by itself, whoever began it.
                await Task.Delay(BetweenLooks, stage.Diary.Clock, stop);
                continue;
            }
            tried++;
            var answer = await stage.RunAsync(module, VerbFor(module, goal, status), stop);
            stage.Diary.Write($"{answer}");
        }
        _failures.Add($"{module} could not be brought to '{goal}': {await stage.StatusAsync(module, stop)}");
    }

    private void Note(string module, string home)
    {
        if (home == Stage.Web)
            _out.Remove(module);
        else
            _out.Add(module);
    }

    /// <summary>What is typed to have a module at a home, as things stand: to go on with what leads there, or to turn back.</summary>
    private string VerbFor(string module, string goal, OperatorCommand.Answer status)
    {
        var isUndone = status.Says("state") switch
        {
            "Settled" => goal == Stage.Web && status.Says("former") == goal,
            "Switching" => status.Says("home") != goal,
            _ => status.Says("next") != goal,
        };
        return isUndone ? "--undo" : $"--to={stage.AddressOf(goal, module)}";
    }

    private static string Where(OperatorCommand.Answer status) =>
        $"at home in '{status.Says("home")}', {status.Says("state")?.ToLowerInvariant()}"
        + (status.Says("next") is { } next ? $" for '{next}'" : "");

    /// <summary>Each kind has its turn before any comes again, in an order that the seed decides.</summary>
    private MovingDisaster Next()
    {
        if (_toCome.Count == 0)
            _toCome = [.. disasters];
        var next = chance.OneOf(_toCome);
        _toCome.Remove(next);
        return next;
    }
}
