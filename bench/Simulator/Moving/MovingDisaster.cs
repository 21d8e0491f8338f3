using Simulator.People;

namespace Simulator.Moving;

/// <summary>Something bad that happens while a module moves.</summary>
/// <param name="name">For the diary.</param>
internal abstract class MovingDisaster(string name)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public string Name => name;

    /// <summary>Whether all processes are to serve again once it has struck; else they are when it has ended.</summary>
    public virtual bool HasPassed => true;

    /// <summary>Before the command is typed.</summary>
    public virtual Task BeginAsync(Stage stage, string module, Chance chance, CancellationToken stop) =>
        Task.CompletedTask;

    /// <summary>While the command runs. What was killed is started again when it returns.</summary>
    public abstract Task StrikeAsync(
        Stage stage,
        string module,
        OperatorCommand command,
        Task ends,
        Chance chance,
        CancellationToken stop
    );

    /// <summary>After the module has arrived, wherever.</summary>
    public virtual Task EndAsync(Stage stage, string module, CancellationToken stop) => Task.CompletedTask;

    /// <summary>
    /// Some moment: one in four times while the command is still starting or has hardly begun, else within the move.
    /// </summary>
    protected static async Task SomeMomentAsync(
        Stage stage,
        string module,
        Chance chance,
        Task ends,
        CancellationToken stop
    )
    {
        var (isEarly, after) = (chance.Of(0.25), chance.Seconds(0, 3));
        while (!isEarly && !ends.IsCompleted && !await stage.IsMovingAsync(module, stop))
            await Task.Delay(BetweenLooks, stage.Diary.Clock, stop);
        await Task.WhenAny(ends, Task.Delay(after, stage.Diary.Clock, stop));
    }
}
