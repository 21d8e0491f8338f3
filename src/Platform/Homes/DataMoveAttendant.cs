using Microsoft.Extensions.Logging;
using Platform.Modules;

namespace Platform.Homes;

/// <summary>
/// What the processes do in a move that a command drives, since it takes the data along: publishers begin to count the
/// module among those who follow from elsewhere, and a command that dies while calls are held has its hand-over undone.
/// </summary>
internal sealed class DataMoveAttendant(
    ModuleHomes homes,
    HomeWatch watch,
    HomeStore store,
    FollowerPlaces places,
    TimeProvider clock,
    ILogger<DataMoveAttendant> logger
)
{
    private readonly Dictionary<string, (Home Of, long Since)> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _placed = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Longer than a command is silent that is alive, and much shorter than callers wait.</summary>
    private static readonly TimeSpan PatienceWithDriver = TimeSpan.FromSeconds(5);

    public async Task StepAsync(ModuleDefinition module, Home home, CancellationToken cancellationToken)
    {
        if (home.State is HomeState.HandingOver)
        {
            if (IsSilent(module, home))
                await StepBackAsync(module, home, cancellationToken);
        }
        else if (home.State is HomeState.Preparing && home.MayRun(homes.Here) && IsNew(module, home))
        {
            await places.SetAsync(module, cancellationToken);
            lock (_lock)
                _placed[module.Stream] = home.Epoch;
        }
    }

    private bool IsNew(ModuleDefinition module, Home home)
    {
        lock (_lock)
            return _placed.GetValueOrDefault(module.Stream) != home.Epoch;
    }

    private bool IsSilent(ModuleDefinition module, Home home)
    {
        lock (_lock)
        {
            if (
                !_held.TryGetValue(module.Stream, out var seen)
                || (seen.Of.Epoch, seen.Of.Driver, seen.Of.DriverBeat)
                    != (home.Epoch, home.Driver, home.DriverBeat)
            )
                _held[module.Stream] = seen = (home, clock.GetTimestamp());
            return clock.GetElapsedTime(seen.Since) > PatienceWithDriver;
        }
    }

    /// <summary>
    /// Lets the present home go on. A command that was only asleep finds that, since it gives up the source in the row
    /// that is changed here, and puts the fence up only where that still says so.
    /// </summary>
    private async Task StepBackAsync(ModuleDefinition module, Home home, CancellationToken cancellationToken)
    {
        const string Trouble = "The command that drives it has stopped: run it again, or undo the move.";
        if (
            !await store.OnAsync(
                module,
                rows => rows.TryStepBackAsync(home, Trouble, home.DriverBeat, cancellationToken)
            )
        )
            return;
        logger.LogWarning(
            "{Module} goes on at {Home}: the command that was handing it over has stopped",
            module.Name,
            home.ToString()
        );
        await watch.LookAsync(module, cancellationToken);
    }
}
