using Simulator.People;

namespace Simulator.Moving;

/// <summary>Something bad that happens while a module moves.</summary>
/// <param name="name">For the diary.</param>
internal abstract class MovingDisaster(string name)
{
    public string Name => name;

    /// <summary>Whether all processes are to serve again once it has struck; else they are when it has ended.</summary>
    public virtual bool HasPassed => true;

    /// <summary>Before the command is typed.</summary>
    public virtual Task BeginAsync(Stage stage, string module, Chance chance, CancellationToken stop) =>
        Task.CompletedTask;

    /// <summary>While the command runs. What was killed is started again when it returns.</summary>
    public abstract Task StrikeAsync(StruckMove move, CancellationToken stop);

    /// <summary>After the module has arrived, wherever.</summary>
    public virtual Task EndAsync(Stage stage, string module, CancellationToken stop) => Task.CompletedTask;
}

/// <summary>
/// Something bad that happens at some moment: one in four times while the command is still starting or has hardly begun,
/// else within the move.
/// </summary>
/// <param name="name">For the diary.</param>
internal abstract class SuddenDisaster(string name) : MovingDisaster(name)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public sealed override async Task StrikeAsync(StruckMove move, CancellationToken stop)
    {
        var (stage, clock) = (move.Stage, move.Stage.Diary.Clock);
        var (isEarly, after) = (move.Chance.Of(0.25), move.Chance.Seconds(0, 3));
        while (!isEarly && !move.Ends.IsCompleted && !await stage.IsMovingAsync(move.Module, stop))
            await Task.Delay(BetweenLooks, clock, stop);
        await Task.WhenAny(move.Ends, Task.Delay(after, clock, stop));
        await HappenAsync(move, stop);
    }

    /// <summary>What was killed is started again when it returns.</summary>
    protected abstract Task HappenAsync(StruckMove move, CancellationToken stop);
}

/// <summary>A move that a disaster happens to, while its command runs.</summary>
/// <param name="Stage">Where.</param>
/// <param name="Module">What moves.</param>
/// <param name="Command">The command.</param>
/// <param name="Ends">When that ends.</param>
/// <param name="Chance">Decides.</param>
internal sealed record StruckMove(
    Stage Stage,
    string Module,
    OperatorCommand Command,
    Task Ends,
    Chance Chance
);
