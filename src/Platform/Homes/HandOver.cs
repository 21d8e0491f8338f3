using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Extraction;
using Platform.Streams;

namespace Platform.Homes;

/// <summary>
/// The moment in which a module changes its database: its calls are held, the source refuses every write, the rest is
/// copied, all is compared, and the target is opened. The source is closed, and that committed, before the target is
/// opened, so that there is never more than one home.
/// </summary>
internal sealed class HandOver(
    MoveUnderWay move,
    MoveSide source,
    MoveSide target,
    HomeAttendance attendance,
    FaultPoints faults,
    TimeProvider clock
)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Callers wait meanwhile; who is not done by then is left to go on, and it is tried again.</summary>
    private static readonly TimeSpan PatienceWithCalls = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PatienceWithArrival = TimeSpan.FromSeconds(30);

    /// <summary>Hands the module over.</summary>
    /// <returns>What of it would not end, so that it goes on where it was; null when it has been handed over.</returns>
    /// <exception cref="MoveRefusedException">It cannot be; it goes on where it was, and nothing is lost.</exception>
    public async Task<string?> TryAsync(LiveComparison comparison, CancellationToken stopping)
    {
        move.Say("hand over");
        if ((await QuietenAsync(stopping) ?? await FenceOffAsync(stopping)) is { } busy)
        {
            await StepBackAsync(busy, stopping);
            return busy;
        }
        if (await CompleteAsync(comparison, stopping) is { } difference)
        {
            await StepBackAsync(difference, stopping);
            await DisownCopyAsync(stopping);
            throw new MoveRefusedException($"{difference} Run it again: all is copied anew.");
        }
        await LeaveAsync(stopping);
        return null;
    }

    /// <summary>Opens the target if it is not open yet, and settles the move.</summary>
    /// <returns>How many calls were held, and for how long at the most 99 of 100 of them.</returns>
    public async Task<(int Calls, TimeSpan For)> EndAsync(CancellationToken stopping)
    {
        await LetInAsync(stopping);
        var home = (await target.Rows.ReadAsync(stopping))!;
        move.Say("open");
        var since = clock.GetTimestamp();
        while (
            !await attendance.HasArrivedAsync(target, home, stopping)
            && clock.GetElapsedTime(since) < PatienceWithArrival
        )
            await Task.Delay(BetweenLooks, clock, stopping);
        var held = await attendance.HeldAsync(stopping);
        var entry = AuditEntry.Of(
            clock.GetUtcNow(),
            null,
            "move",
            $"{home.Stream} is at home at {home}, with its data. {held.Calls} calls were held, 99 of 100 for at most {held.For.TotalSeconds:0.00} s."
        );
        foreach (var side in (MoveSide[])[target, source])
        {
            if (await side.Rows.ReadAsync(stopping) is { State: not HomeState.Settled } row)
                await side.Rows.TryChangeAsync(
                    row,
                    row.Settled(null, clock.GetUtcNow()),
                    side == move.First ? entry : null,
                    stopping
                );
            await side.Rows.ForgetPresencesAsync(stopping);
            faults.Pass("settled");
        }
        move.Say("done");
        return held;
    }

    /// <summary>Lets the present home go on.</summary>
    public async Task StepBackAsync(string? trouble, CancellationToken stopping)
    {
        foreach (var side in (MoveSide[])[source, target])
        {
            if (await side.Rows.ReadAsync(stopping) is { } row)
                await side.Rows.TryStepBackAsync(row, Shortened(trouble), beat: null, stopping);
        }
    }

    /// <summary>Has everybody hold the module's calls, where they come in first, and waits for what is under way.</summary>
    /// <returns>What does not end; null when all has.</returns>
    private async Task<string?> QuietenAsync(CancellationToken stopping)
    {
        foreach (var side in (MoveSide[])[move.First, move.Second])
        {
            var home = await HoldAsync(side, stopping);
            faults.Pass("held");
            var since = clock.GetTimestamp();
            while (!await attendance.IsQuietAsync(side, home, stopping))
            {
                if (clock.GetElapsedTime(since) > PatienceWithCalls)
                    return $"{side.What}: something of '{home.Stream}' has been under way for longer than {PatienceWithCalls.TotalSeconds:0} s.";
                await Task.Delay(BetweenLooks, clock, stopping);
            }
        }
        return null;
    }

    /// <summary>Has the source refuse every write from here on.</summary>
    /// <returns>Who wrote before and does not end; null when nobody is left.</returns>
    private async Task<string?> FenceOffAsync(CancellationToken stopping)
    {
        try
        {
            await source.FenceAsync(null, stopping, () => RefuseUnlessHeldAsync(stopping));
        }
        catch (WritersInFlightException busy)
        {
            return busy.Message;
        }
        faults.Pass("fenced");
        return null;
    }

    /// <summary>Copies the rest, and compares.</summary>
    /// <returns>In what the two differ; null when they are the same.</returns>
    private async Task<string?> CompleteAsync(LiveComparison comparison, CancellationToken stopping)
    {
        var catchUp = new CatchUp(source.Context, target.Context, comparison);
        // What operators do is written down on both sides, also now, and is not waited for.
        for (var tries = 0; tries < 3 && await catchUp.RunAsync(int.MaxValue, stopping) > 0; tries++) { }
        await catchUp.AlignCountersAsync(stopping);
        var result = await comparison.FinishAsync(stopping);
        move.Say(
            "hand over",
            comparison:
            [
                .. result.Tables.Select(table => new TableComparison(
                    table.Table,
                    table.SourceRows,
                    table.TargetRows,
                    table.IsEqual
                )),
            ]
        );
        return result.Difference is { } difference ? $"The copy is not the same: {difference}" : null;
    }

    /// <summary>What differs is no copy, and nothing that is caught up with later mends it.</summary>
    private async Task DisownCopyAsync(CancellationToken stopping)
    {
        await Capture.TakeDownAsync(source.Context, stopping);
        await DatabaseCopy.ForgetAsync(target.Context, stopping);
    }

    /// <summary>
    /// Makes the copy a home: from here on it differs from the source, and captures in what. So this comes behind the
    /// leaving; a hand-over that is undone before leaves a copy that is the same.
    /// </summary>
    private async Task MakeReadyAsync(CancellationToken stopping)
    {
        // A former command may have let its home in already.
        await target.FenceAsync(MoveSide.Mover, stopping);
        await Capture.ForgetAsync(target.Context, stopping);
        // Each of them, so that each is captured: that a former command has set it free already is forgotten just now.
        await target.Context.Cursors.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null),
            stopping
        );
        await OwnStream.ComeToAsync(target.Context, stopping);
        faults.Pass("ready");
    }

    private async Task<Home> HoldAsync(MoveSide side, CancellationToken stopping)
    {
        var row = (await side.Rows.ReadAsync(stopping))!;
        var held = row with { State = HomeState.HandingOver, Trouble = null, Since = clock.GetUtcNow() };
        if (
            row.State is not HomeState.Preparing
            || !await side.Rows.TryChangeAsync(row, held, null, stopping)
        )
            throw new MoveRefusedException($"{row.Stream}: the move was undone; it stays at {row}.");
        return held;
    }

    private async Task RefuseUnlessHeldAsync(CancellationToken stopping)
    {
        var isHeld = await source
            .Context.Homes.Where(row => row.State == HomeState.HandingOver && row.HoldsData)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Trouble, (string?)null), stopping);
        if (isHeld == 0)
            throw TookTooLong(source.Context.Schema);
    }

    /// <summary>Leaves the source. From here on there is no way but forward.</summary>
    private async Task LeaveAsync(CancellationToken stopping)
    {
        var here = (await source.Rows.ReadAsync(stopping))!;
        if (
            here.State is not HomeState.HandingOver
            || !await source.Rows.TryChangeAsync(
                here,
                here.GoneOver(clock.GetUtcNow()) with
                {
                    HoldsData = false,
                },
                null,
                stopping
            )
        )
            throw TookTooLong(here.Stream);
        faults.Pass("left");
    }

    private async Task LetInAsync(CancellationToken stopping)
    {
        var left = (await source.Rows.ReadAsync(stopping))!;
        var there = (await target.Rows.ReadAsync(stopping))!;
        if (there.HoldsData || left.HoldsData)
            return;
        await MakeReadyAsync(stopping);
        await target.FenceAsync(left.Name, stopping);
        faults.Pass("let in");
        var open = left with { HoldsData = true, Driver = there.Driver, DriverBeat = there.DriverBeat };
        if (!await target.Rows.TryChangeAsync(there, open, null, stopping))
            throw new MoveRefusedException(
                $"{there.Stream}: where it is at home has just been changed at {target.What}. Run it again."
            );
        faults.Pass("opened");
    }

    private static MoveRefusedException TookTooLong(string module) =>
        new($"{module}: the hand-over took too long and was ended. Run it again.");

    private static string? Shortened(string? text) =>
        text is { Length: > Home.LongestTrouble } ? text[..Home.LongestTrouble] : text;
}
