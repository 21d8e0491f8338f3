using Microsoft.EntityFrameworkCore;
using Platform.Extraction;
using Platform.Homes;
using Platform.Streams;
using Platform.Testing;
using Platform.Tests.Extraction;

namespace Platform.Tests.Homes;

/// <summary>A hand-over whose source has been left is brought to its end by whoever comes.</summary>
public sealed class DataMoveTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Whoever moves it back has no more than what the new home has captured.</summary>
    [Theory]
    [InlineData("ready")]
    [InlineData("let in")]
    [InlineData("opened")]
    public async Task Killed_and_run_again_it_captures_all_in_which_the_new_home_differs(string place)
    {
        using var move = await CatchUpTests.Move.BeginAsync(TestEngine.Sqlite, TestEngine.Sqlite, parcels: 2);
        await HaveLeftAsync(move);

        await Should.ThrowAsync<TimeoutException>(() => ResumeAsync(move, killedAt: place));
        await ResumeAsync(move, killedAt: null);

        (await move.Target.ReadAsync(depot => depot.Homes.SingleAsync(Stop))).ShouldSatisfyAllConditions(
            home => home.HoldsData.ShouldBeTrue(),
            home => home.State.ShouldBe(HomeState.Settled)
        );
        var back = new CatchUpTests.Move(move.Target, move.Source);
        await back.CatchUpAsync();
        await back.ShouldBeSameAsync();
    }

    /// <summary>The source is left, the target is not open yet, and a process of its home is there.</summary>
    private static async Task HaveLeftAsync(CatchUpTests.Move move)
    {
        await move.Source.ChangeAsync(async depot =>
        {
            await depot.Presences.ExecuteDeleteAsync(Stop);
            var rows = new HomeRows(depot);
            var here = (await rows.ReadAsync(Stop))!;
            var left = here.PreparedFor("depot-1", null, null, here.Since).GoneOver(here.Since);
            await rows.TryChangeAsync(here, left with { HoldsData = false, TakesData = true }, null, Stop);
        });
        await move.Target.ChangeAsync(
            async depot =>
            {
                await Capture.PutUpAsync(depot, Stop);
                depot.Add(
                    new Home
                    {
                        Stream = "depot",
                        Name = "web",
                        State = HomeState.HandingOver,
                        HoldsData = false,
                        TakesData = true,
                    }
                );
                depot.Add(
                    new Presence
                    {
                        Id = Guid.CreateVersion7(),
                        Name = "depot-1",
                        Epoch = 2,
                    }
                );
            },
            MoveSide.Mover
        );
    }

    private static Task ResumeAsync(CatchUpTests.Move move, string? killedAt) =>
        new DataMove(
            () => move.Source.Open(MoveSide.Mover),
            () => move.Target.Open(MoveSide.Mover),
            new CopyOptions(),
            new FaultPoints
            {
                Reached = place =>
                {
                    if (place == killedAt)
                        throw new TimeoutException(place);
                },
            },
            TimeProvider.System,
            new Progress<MoveProgress>()
        ).ResumeAsync(Stop);
}
