using Platform.Data;
using Platform.Extraction;
using Platform.Streams;

namespace Platform.Homes;

/// <summary>
/// Brings the target of a move to where only a moment's work is left: closed, copied, caught up with, compared; and sees
/// that every process that takes part is there and knows.
/// </summary>
internal sealed class MovePreparation(
    MoveUnderWay move,
    MoveSide source,
    MoveSide target,
    HomeAttendance attendance,
    CopyOptions options,
    FaultPoints faults,
    TimeProvider clock
)
{
    private const int AtATime = 500;

    /// <summary>So few changes are caught up with while callers wait.</summary>
    private const int Little = 200;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PatienceWithProcesses = TimeSpan.FromMinutes(1);

    /// <summary>Prepares it, however long that takes; the module is used meanwhile.</summary>
    /// <returns>What is still to be compared.</returns>
    public async Task<LiveComparison> RunAsync(Home home, CancellationToken stopping)
    {
        await SchemaVersions.RefuseUnlessEqualAsync(source.Context, target.Context, stopping);
        await move.First.Rows.TellAsync(home, null, stopping);
        // Where it was at home before, the target has all but what was captured since: it needs no copy.
        var isKept = home.FormerName == home.NextName && await Capture.IsUpAsync(source.Context, stopping);
        var isBegun = await CloseTargetAsync(home, isKept, stopping);
        if (source == move.Second)
            await TellSourceAsync(home, stopping);
        faults.Pass("closed");
        if (!isKept || isBegun)
        {
            await Capture.PutUpAsync(source.Context, stopping);
            faults.Pass("captured");
            await new DatabaseCopy(
                source.Context,
                target.Context,
                options with
                {
                    WhileWritten = true,
                },
                clock
            ).RunAsync(Telling("copy"), stopping);
        }
        faults.Pass("copied");
        await CatchUpAsync(null, 10 * Little, stopping);
        await Fence.PrepareAsync(source.Context, MoveSide.SentenceOf(source.Context.Schema), stopping);
        await Capture.PutUpAsync(target.Context, stopping);
        faults.Pass("fence prepared");
        var comparison = new LiveComparison(source.Context, target.Context);
        await comparison.ReadThroughAsync(Telling("compare"), stopping);
        faults.Pass("compared");
        return comparison;
    }

    /// <summary>Waits until little is left to be caught up with, and nothing speaks against the hand-over.</summary>
    public async Task WaitAsync(LiveComparison comparison, CancellationToken stopping)
    {
        await CatchUpAsync(comparison, Little, stopping);
        await WaitForProcessesAsync(comparison, stopping);
    }

    /// <summary>
    /// Has nobody but this command write to the target. One that a process has opened, but that has never said anything,
    /// is emptied of what was made in it; so is a copy that was given up, or was not the same.
    /// </summary>
    /// <returns>Whether a copy to it has been begun.</returns>
    private async Task<bool> CloseTargetAsync(Home home, bool isKept, CancellationToken stopping)
    {
        if (await target.WhyNoTargetAsync(stopping) is { } refusal)
            throw new MoveRefusedException(refusal);
        var closed = home with { HoldsData = false, Driver = null, DriverBeat = 0, Progress = null };
        var there = await target.Rows.ReadAsync(stopping);
        var isClosed = there is null
            ? await target.Rows.TryAddAsync(closed, stopping)
            : await target.Rows.TryChangeAsync(there, closed, null, stopping);
        if (!isClosed)
            throw new MoveRefusedException(
                $"{target.What}: where '{home.Stream}' is at home has just been changed there. Run it again."
            );
        await target.FenceAsync(MoveSide.Mover, stopping);
        var isCopy =
            there is { HoldsData: false } && await DatabaseCopy.IsBegunAsync(target.Context, stopping);
        if (!isCopy && !isKept)
            await Emptying.RunAsync(target.Context, HomeTables.IsMoved, stopping);
        return isCopy;
    }

    /// <summary>Who runs the module on a database of its own learns from there that it is to move.</summary>
    private async Task TellSourceAsync(Home home, CancellationToken stopping)
    {
        var there = await source.Rows.ReadAsync(stopping);
        if (
            there is not { HoldsData: true }
            || !await source.Rows.TryChangeAsync(there, home with { HoldsData = true }, null, stopping)
        )
            throw new MoveRefusedException(
                $"{source.What}: it does not hold the data of '{home.Stream}', though the web app's says so. Is it the right one?"
            );
    }

    private async Task CatchUpAsync(LiveComparison? comparison, long until, CancellationToken stopping)
    {
        var catchUp = new CatchUp(source.Context, target.Context, comparison);
        var left = await Capture.CountAsync(source.Context, stopping);
        do
        {
            var before = left;
            left = await catchUp.RunAsync(AtATime, stopping);
            // More is written than can be caught up with a few at a time: then many at a time.
            if (left >= before && left > until)
                left = await catchUp.RunAsync(20 * AtATime, stopping);
            move.Say("catch up", left: left);
        } while (left > until);
    }

    private async Task WaitForProcessesAsync(LiveComparison comparison, CancellationToken stopping)
    {
        string? told = null;
        var since = clock.GetTimestamp();
        while (await attendance.TroubleAsync(stopping) is { } trouble)
        {
            var home = await move.HomeAsync(stopping);
            if (home.State is not HomeState.Preparing)
                throw new MoveRefusedException($"{home.Stream}: the move was undone; it stays at {home}.");
            if (trouble != told)
            {
                await move.First.Rows.TellAsync(home, told = trouble, stopping);
                move.Say(trouble);
            }
            if (clock.GetElapsedTime(since) > PatienceWithProcesses)
                throw new MoveRefusedException($"{trouble} Run it again, and it goes on, or undo the move.");
            await Task.Delay(BetweenLooks, clock, stopping);
            await CatchUpAsync(comparison, Little, stopping);
        }
        if (told is not null && await move.HomeAsync(stopping) is { } now)
            await move.First.Rows.TellAsync(now, null, stopping);
    }

    private Telling Telling(string step) => new(move, step);
}

/// <summary>Tells of a step table by table.</summary>
internal sealed class Telling(MoveUnderWay move, string step) : IProgress<CopyProgress>
{
    public void Report(CopyProgress value) => move.Say(step, value.Table, value.Done, value.InAll);
}
