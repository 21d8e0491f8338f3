using Platform.Data;
using Platform.Extraction;
using Platform.Streams;

namespace Platform.Homes;

/// <summary>
/// Takes a module's data along on a move that has been begun: from the database that holds it to the other one, whichever
/// of the two that is, so that an undo is the same in the other direction. All that is known of it lies in the two
/// databases. Whoever is killed is followed by another who goes on.
/// </summary>
/// <param name="openFirst">Opens the database that the web app uses, whose row says how far the move has come.</param>
/// <param name="openSecond">Opens the one of the other home's own.</param>
/// <param name="options">How to copy.</param>
/// <param name="faults">Passed between any two commits.</param>
/// <param name="clock">Tells how long things take.</param>
/// <param name="tell">Is told of every step.</param>
internal sealed class DataMove(
    Func<ModuleDbContext> openFirst,
    Func<ModuleDbContext> openSecond,
    CopyOptions options,
    FaultPoints faults,
    TimeProvider clock,
    IProgress<MoveProgress> tell
)
{
    /// <summary>Somebody may be in the middle of something each time.</summary>
    private const int Tries = 5;

    /// <summary>
    /// Goes on with the move until the module is at home where it was to be. One that a former command left in the middle
    /// of a hand-over is brought to one side first.
    /// </summary>
    /// <returns>
    /// How many calls were held, and for how long at the most 99 of 100 of them; null when there was nothing to hand over.
    /// </returns>
    /// <exception cref="MoveRefusedException">It cannot go on, or was undone; nothing is lost, and it may be run again.</exception>
    /// <exception cref="CopyRefusedException">The copy would not be what was asked for.</exception>
    public async Task<(int Calls, TimeSpan For)?> RunAsync(CancellationToken cancellationToken)
    {
        (int, TimeSpan)? held = null;
        await DriveAsync(
            async (move, stopping) =>
            {
                held = await EndHandOverAsync(move, stopping);
                var home = await move.HomeAsync(stopping);
                if (home.State is not HomeState.Settled)
                    held = await MoveAsync(move, home, stopping);
            },
            cancellationToken
        );
        return held;
    }

    /// <summary>Brings a hand-over that was left in the middle to one side or the other: undone, or at its end.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) =>
        DriveAsync(EndHandOverAsync, cancellationToken);

    /// <summary>
    /// Ends what was undone before the module had gone: the other side is told. Unless it has been at home there before,
    /// and can be brought back, the copy is emptied, and nothing is captured any more.
    /// </summary>
    public Task GiveUpAsync(CancellationToken cancellationToken) =>
        DriveAsync(
            async (move, stopping) =>
            {
                var home = await move.HomeAsync(stopping);
                if (await move.Second.Rows.ReadAsync(stopping) is { State: not HomeState.Settled } there)
                    await move.Second.Rows.TryChangeAsync(
                        there,
                        there.Settled(null, clock.GetUtcNow()),
                        null,
                        stopping
                    );
                if (home.FormerName is not null)
                    return;
                await TidyAsync(move, await move.SettledAsync(stopping), stopping);
                if (await move.Second.Rows.ReadAsync(stopping) is { HoldsData: false })
                {
                    await move.Second.FenceAsync(MoveSide.Mover, stopping);
                    await Emptying.RunAsync(move.Second.Context, HomeTables.IsMoved, stopping);
                }
            },
            cancellationToken
        );

    /// <summary>
    /// Ends a move for good: nothing is captured any more, and who runs the module now writes without a fence. The row of
    /// the other home's own database is told, so that whoever goes by it alone can begin another.
    /// </summary>
    public Task FinishAsync(CancellationToken cancellationToken) =>
        DriveAsync(
            async (move, stopping) =>
            {
                var home = await move.SettledAsync(stopping);
                if (await move.Second.Rows.ReadAsync(stopping) is { FormerName: not null } there)
                    await move.Second.Rows.TryChangeAsync(there, there.Finished(), null, stopping);
                await TidyAsync(move, home, stopping);
            },
            cancellationToken
        );

    /// <summary>Removes what a finished move left behind; where the module is at home stays to be read there.</summary>
    public Task DropAsync(CancellationToken cancellationToken) =>
        DriveAsync(
            async (move, stopping) =>
            {
                var home = await move.SettledAsync(stopping);
                var left = home.HoldsData ? move.Second : move.First;
                await left.FenceAsync(MoveSide.Mover, stopping);
                await Emptying.RunAsync(left.Context, HomeTables.IsFenced, stopping);
                await left.FenceAsync(null, stopping);
            },
            cancellationToken
        );

    private async Task DriveAsync(
        Func<MoveUnderWay, CancellationToken, Task> act,
        CancellationToken cancellationToken
    )
    {
        await using var driver = await MoveDriver.TakeAsync(openFirst, openSecond, clock, cancellationToken);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, driver.Lost);
        await using var first = openFirst();
        await using var second = openSecond();
        var move = new MoveUnderWay(
            new MoveSide(first, "the web app's database"),
            new MoveSide(second, "the other database"),
            driver,
            tell
        );
        try
        {
            await act(move, stopping.Token);
        }
        catch (OperationCanceledException) when (driver.Lost.IsCancellationRequested)
        {
            throw new MoveRefusedException("Another command has taken over the move.");
        }
    }

    private async Task<(int Calls, TimeSpan For)> MoveAsync(
        MoveUnderWay move,
        Home home,
        CancellationToken stopping
    )
    {
        var source = home.HoldsData ? move.First : move.Second;
        var target = move.OtherThan(source);
        var attendance = new HomeAttendance(move, clock);
        var preparation = new MovePreparation(move, source, target, attendance, options, faults, clock);
        var comparison = await preparation.RunAsync(home, stopping);
        var handOver = new HandOver(move, source, target, attendance, faults, clock);
        for (var tried = 1; ; tried++)
        {
            await preparation.WaitAsync(comparison, stopping);
            if (await handOver.TryAsync(comparison, stopping) is not { } busy)
                return await handOver.EndAsync(stopping);
            if (tried == Tries)
                throw new MoveRefusedException($"{busy} Run it again.");
            move.Say(busy);
        }
    }

    /// <summary>Brings a hand-over to an end that a former command left in the middle.</summary>
    /// <returns>What was held when that was in its favour; null when it was not, or there was none.</returns>
    private async Task<(int Calls, TimeSpan For)?> EndHandOverAsync(
        MoveUnderWay move,
        CancellationToken stopping
    )
    {
        var home = await move.HomeAsync(stopping);
        if (await move.LeftAsync(home, stopping) is { } left)
            return await From(left).EndAsync(stopping);
        if (home.State is HomeState.HandingOver)
            await From(home.HoldsData ? move.First : move.Second).StepBackAsync(null, stopping);
        return null;

        HandOver From(MoveSide source) =>
            new(move, source, move.OtherThan(source), new HomeAttendance(move, clock), faults, clock);
    }

    private static async Task TidyAsync(MoveUnderWay move, Home home, CancellationToken stopping)
    {
        foreach (var side in (MoveSide[])[move.First, move.Second])
        {
            if (await Capture.IsUpAsync(side.Context, stopping))
                await Capture.TakeDownAsync(side.Context, stopping);
            await DatabaseCopy.ForgetAsync(side.Context, stopping);
        }
        await Fence.TakeDownAsync((home.HoldsData ? move.First : move.Second).Context, stopping);
    }
}
