using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Moving;

/// <summary><c>kill -9</c> of the command, and of nothing else.</summary>
internal sealed class KillCommand() : SuddenDisaster("kill -9 of the command")
{
    protected override Task HappenAsync(StruckMove move, CancellationToken stop)
    {
        move.Stage.Diary.Write(Name);
        move.Command.Kill();
        return Task.CompletedTask;
    }
}

/// <summary><c>kill -9</c> of one of the web app's replicas, which is started again as it was.</summary>
internal sealed class KillWeb() : SuddenDisaster("kill -9 of a replica of the web app")
{
    protected override Task HappenAsync(StruckMove move, CancellationToken stop) =>
        Death.OfAsync(
            move.Stage,
            move.Chance.OneOf(move.Stage.Deployment.Replicas),
            move.Chance.Seconds(0, 4),
            stop
        );
}

/// <summary><c>kill -9</c> of the module's process, which is started again as it was.</summary>
internal sealed class KillModuleProcess() : SuddenDisaster("kill -9 of the module's process")
{
    protected override Task HappenAsync(StruckMove move, CancellationToken stop) =>
        Death.OfAsync(move.Stage, move.Stage.ProcessOf(move.Module), move.Chance.Seconds(0, 4), stop);
}

/// <summary>A process of the web app or of the module ends itself between two steps of the move.</summary>
/// <param name="place">The place's name in <c>FaultPoints</c>.</param>
internal sealed class DieWhileMoving(string place)
    : MovingDisaster($"whoever drives the move is killed at '{place}'")
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>After the command's end, since the last step is taken behind its back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A process breaks its connections while it dies, and is seen to be dead a moment later.</summary>
    private static readonly TimeSpan Throes = TimeSpan.FromSeconds(0.5);

    public override Task BeginAsync(Stage stage, string module, Chance chance, CancellationToken stop)
    {
        stage.Deployment.Faults.Give(place, process: null);
        return Task.CompletedTask;
    }

    public override async Task StrikeAsync(StruckMove move, CancellationToken stop)
    {
        var stage = move.Stage;
        var (lived, overSince) = (stage.Now, (long?)null);
        while (overSince is null || stage.Diary.Clock.GetElapsedTime(overSince.Value) < Patience)
        {
            if (stage.Deployment.Processes.FirstOrDefault(one => !one.IsRunning) is { } dead)
            {
                stage.Diary.Write($"{dead.Name} was killed at '{place}'");
                await Death.ComeBackAsync(stage, dead, lived - Throes, move.Chance.Seconds(0, 4), stop);
                return;
            }
            lived = stage.Now;
            if (move.Ends.IsCompleted)
                overSince ??= stage.Diary.Clock.GetTimestamp();
            await Task.Delay(BetweenLooks, stage.Diary.Clock, stop);
        }
        stage.Deployment.Faults.Withdraw();
        stage.Diary.Write($"nobody came to be killed at '{place}'");
    }
}

/// <summary>The command that takes data along ends itself between two of its commits.</summary>
/// <param name="place">The place's name in <c>FaultPoints</c>.</param>
internal sealed class CommandDies(string place) : MovingDisaster($"the command is killed at '{place}'")
{
    public override Task BeginAsync(Stage stage, string module, Chance chance, CancellationToken stop)
    {
        stage.Deployment.Faults.Give(place, OperatorCommand.Name);
        return Task.CompletedTask;
    }

    public override async Task StrikeAsync(StruckMove move, CancellationToken stop)
    {
        await move.Ends;
        move.Stage.Deployment.Faults.Withdraw();
        move.Stage.Diary.Write(Name);
    }
}

/// <summary>SIGSTOP of a replica before the move; it wakes after the move is finished, and knows of nothing.</summary>
internal sealed class FreezeWeb() : MovingDisaster("a replica of the web app is frozen past the switch")
{
    private Replica? _frozen;
    private Outage? _outage;

    public override bool HasPassed => false;

    public override async Task BeginAsync(Stage stage, string module, Chance chance, CancellationToken stop)
    {
        _frozen = chance.OneOf(stage.Deployment.Replicas);
        _outage = stage.Down(_frozen);
        stage.Diary.Write($"{_frozen.Name} is frozen");
        await _frozen.FreezeAsync();
    }

    public override Task StrikeAsync(StruckMove move, CancellationToken stop) => move.Ends;

    public override async Task EndAsync(Stage stage, string module, CancellationToken stop)
    {
        stage.Diary.Write($"{await stage.RunAsync(module, "--finish", stop)}");
        if (stage.TakesData)
            stage.Diary.Write($"{await stage.RunAsync(module, "--drop", stop)}");
        await _frozen!.WakeAsync();
        stage.Diary.Write($"{_frozen.Name} woke");
        await stage.ReadyAsync(_frozen, stop);
        _outage!.Ends(stage.Now + Death.Aftermath);
    }
}

/// <summary>A process that was killed, and comes back.</summary>
internal static class Death
{
    /// <summary>How long after a process is ready again people may still wait for what it owed them.</summary>
    public static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(1);

    public static async Task OfAsync(Stage stage, Replica victim, TimeSpan downFor, CancellationToken stop)
    {
        stage.Diary.Write($"kill -9 of {victim.Name}");
        var since = stage.Now;
        await victim.KillAsync();
        await ComeBackAsync(stage, victim, since, downFor, stop);
    }

    /// <param name="stage">Where it was.</param>
    /// <param name="victim">Who is dead.</param>
    /// <param name="since">When it was seen alive last.</param>
    /// <param name="downFor">How long it stays away.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task ComeBackAsync(
        Stage stage,
        Replica victim,
        DateTimeOffset since,
        TimeSpan downFor,
        CancellationToken stop
    )
    {
        var outage = stage.Down(victim, since);
        await Task.Delay(downFor, stage.Diary.Clock, stop);
        await stage.Deployment.StartAsync(victim, stop);
        var again = stage.Down(victim);
        await stage.ReadyAsync(victim, stop);
        stage.Diary.Write($"{victim.Name} is back");
        outage.Ends(stage.Now + Aftermath);
        again.Ends(stage.Now + Aftermath);
    }
}
