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
    /// <exception cref="MoveRefusedException">It could not be; it goes on where it was, and nothing is lost.</exception>
    public async Task RunAsync(LiveComparison comparison, CancellationToken stopping)
    {
        move.Say("hand over");
        try
        {
            if (await TryAsync(comparison, stopping) is { } refusal)
            {
                await StepBackAsync(refusal, stopping);
                throw new MoveRefusedException(refusal);
            }
        }
        catch (WritersInFlightException busy)
        {
            await StepBackAsync(busy.Message, stopping);
            throw new MoveRefusedException($"{busy.Message} Run it again.");
        }
        await OpenAsync(stopping);
        await EndAsync(stopping);
    }

    /// <summary>Opens the target if it is not open yet, and settles the move.</summary>
    public async Task EndAsync(CancellationToken stopping)
    {
        await LetInAsync(stopping);
        var home = (await target.Rows.ReadAsync(stopping))!;
        move.Say("open");
        var since = clock.GetTimestamp();
        while (!await attendance.HasArrivedAsync(target, home, stopping))
        {
            if (clock.GetElapsedTime(since) > PatienceWithArrival)
                break;
            await Task.Delay(BetweenLooks, clock, stopping);
        }
        (Calls, For) = await attendance.HeldAsync(stopping);
        foreach (var side in (MoveSide[])[target, source])
        {
            if (await side.Rows.ReadAsync(stopping) is { State: not HomeState.Settled } row)
                await side.Rows.TryChangeAsync(
                    row,
                    row with
                    {
                        State = HomeState.Settled,
                        Trouble = null,
                        Since = clock.GetUtcNow(),
                    },
                    side == move.First
                        ? AuditEntry.Of(
                            clock.GetUtcNow(),
                            null,
                            "move",
                            $"{home.Stream} is at home at {home}, in a database of its own. {Calls} calls were held, 99 of 100 for at most {For.TotalSeconds:0.00} s."
                        )
                        : null,
                    stopping
                );
            await side.Rows.ForgetPresencesAsync(stopping);
            faults.Pass("settled");
        }
        move.Say("done");
    }

    /// <summary>How many calls were held.</summary>
    public int Calls { get; private set; }

    /// <summary>For how long 99 of 100 of them were, at the most.</summary>
    public TimeSpan For { get; private set; }

    /// <summary>Lets the present home go on.</summary>
    public async Task StepBackAsync(string? trouble, CancellationToken stopping)
    {
        if (await source.Rows.ReadAsync(stopping) is { State: HomeState.HandingOver } here)
        {
            await using var transaction = await source.Context.Database.BeginTransactionAsync(stopping);
            await Fence.LetThroughAsync(source.Context, here.Name, stopping);
            await transaction.CommitAsync(stopping);
        }
        foreach (var side in (MoveSide[])[source, target])
        {
            if (await side.Rows.ReadAsync(stopping) is { State: HomeState.HandingOver } row)
                await side.Rows.TryChangeAsync(
                    row,
                    row with
                    {
                        State = HomeState.Preparing,
                        Trouble = Shortened(trouble),
                    },
                    null,
                    stopping
                );
        }
    }

    /// <summary>Everything up to where the source could be left.</summary>
    /// <returns>Why it cannot; null when it can.</returns>
    private async Task<string?> TryAsync(LiveComparison comparison, CancellationToken stopping)
    {
        foreach (var side in (MoveSide[])[move.First, move.Second])
        {
            var home = await HoldAsync(side, stopping);
            faults.Pass("held");
            var since = clock.GetTimestamp();
            while (!await attendance.IsQuietAsync(side, home, stopping))
            {
                if (clock.GetElapsedTime(since) > PatienceWithCalls)
                    return $"{side.What}: something of '{home.Stream}' has been under way for longer than {PatienceWithCalls.TotalSeconds:0} s. Run it again.";
                await Task.Delay(BetweenLooks, clock, stopping);
            }
        }
        await source.FenceAsync(null, stopping, () => RefuseUnlessHeldAsync(stopping));
        faults.Pass("fenced");
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
        if (result.Difference is { } difference)
            return $"The copy is not the same: {difference}";
        await Capture.ForgetAsync(target.Context, stopping);
        await target
            .Context.Cursors.Where(row => row.LeasedUntil != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null),
                stopping
            );
        await OwnStream.ComeToAsync(target.Context, stopping);
        faults.Pass("ready");
        return null;
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
            throw new MoveRefusedException(
                $"{source.Context.Schema}: the hand-over took too long and was ended. Run it again."
            );
    }

    /// <summary>Leaves the source. From here on there is no way but forward.</summary>
    private async Task OpenAsync(CancellationToken stopping)
    {
        var here = (await source.Rows.ReadAsync(stopping))!;
        var left = here with
        {
            Name = here.NextName ?? here.Name,
            Address = here.NextAddress,
            Epoch = here.Epoch + 1,
            State = HomeState.Switching,
            NextName = null,
            NextAddress = null,
            FormerName = here.Name,
            FormerAddress = here.Address,
            HoldsData = false,
            Since = clock.GetUtcNow(),
        };
        if (
            here.State is not HomeState.HandingOver
            || !await source.Rows.TryChangeAsync(here, left, null, stopping)
        )
            throw new MoveRefusedException(
                $"{here.Stream}: the hand-over took too long and was ended. Run it again."
            );
        faults.Pass("left");
    }

    private async Task LetInAsync(CancellationToken stopping)
    {
        var left = (await source.Rows.ReadAsync(stopping))!;
        var there = (await target.Rows.ReadAsync(stopping))!;
        if (there.HoldsData || left.HoldsData)
            return;
        await target.FenceAsync(left.Name, stopping);
        faults.Pass("let in");
        var open = left with { HoldsData = true, Driver = there.Driver, DriverBeat = there.DriverBeat };
        if (!await target.Rows.TryChangeAsync(there, open, null, stopping))
            throw new MoveRefusedException(
                $"{there.Stream}: where it is at home has just been changed at {target.What}. Run it again."
            );
        faults.Pass("opened");
    }

    private static string? Shortened(string? text) =>
        text is { Length: > Home.LongestTrouble } ? text[..Home.LongestTrouble] : text;
}
