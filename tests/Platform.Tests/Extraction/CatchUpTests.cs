using Microsoft.EntityFrameworkCore;
using Platform.Extraction;
using Platform.Testing;

namespace Platform.Tests.Extraction;

/// <summary>What changes at the source while it is copied is captured by the database, and caught up with.</summary>
public sealed class CatchUpTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<TestEngine, TestEngine> Ways => DatabaseCopyTests.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Whatever_was_done_to_the_source_by_any_statement_is_done_to_the_copy(
        TestEngine from,
        TestEngine to
    )
    {
        using var move = await Move.BeginAsync(from, to, parcels: 8);

        await move.Source.ChangeAsync(async depot =>
        {
            DepotDatabase.AddParcel(depot, 20);
            (await depot.Parcels.FirstAsync(Stop)).Note = "changed";
            depot.Remove(await depot.Labels.OrderBy(row => row.Id).LastAsync(Stop));
        });
        await move.Source.ReadAsync(async depot =>
        {
            await depot.Shelves.ExecuteUpdateAsync(set => set.SetProperty(row => row.Free, 99), Stop);
            await depot.Tickets.Where(row => row.Id < 4).ExecuteDeleteAsync(Stop);
            await depot.IdempotencyRecords.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Key, row => row.Key + " of \"before\"\n"),
                Stop
            );
            return await depot.Cursors.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Position, 18),
                Stop
            );
        });

        await move.CatchUpAsync(atATime: 3);
        await move.ShouldBeSameAsync();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_key_that_is_used_again_for_another_row_is_that_row(TestEngine from, TestEngine to)
    {
        using var move = await Move.BeginAsync(from, to, parcels: 2);
        await move.Source.ReadAsync(depot => depot.Shelves.ExecuteDeleteAsync(Stop));
        await move.CatchUpAsync();

        await move.Source.ChangeAsync(depot =>
        {
            depot.Add(
                new Shelf
                {
                    Aisle = "a",
                    Number = 1_000,
                    Free = 7,
                }
            );
            return Task.CompletedTask;
        });

        await move.CatchUpAsync();
        await move.ShouldBeSameAsync();
    }

    /// <summary>A label's code is unique, and taken up one change at a time the second would clash with the first.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_value_that_is_there_once_goes_from_row_to_row(TestEngine from, TestEngine to)
    {
        using var move = await Move.BeginAsync(from, to, parcels: 3);
        await move.Source.ReadAsync(async depot =>
        {
            var labels = await depot.Labels.OrderBy(row => row.Id).ToListAsync(Stop);
            await CodeAsync(depot, labels[2], "one");
            await CodeAsync(depot, labels[2], "two");
            await CodeAsync(depot, labels[0], "one");
            await CodeAsync(depot, labels[0], "three");
            await CodeAsync(depot, labels[1], "one");
            return await depot.Labels.Where(row => row.Id == labels[2].Id).ExecuteDeleteAsync(Stop);
        });

        await move.CatchUpAsync(atATime: 1);
        await move.ShouldBeSameAsync();

        static Task CodeAsync(DepotDbContext depot, Label label, string code) =>
            depot
                .Labels.Where(row => row.Id == label.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Code, code), Stop);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_row_that_the_copy_left_because_what_it_refers_to_came_later_is_there_then(
        TestEngine from,
        TestEngine to
    )
    {
        using var source = await DepotDatabase.CreateAsync(from);
        using var target = await DepotDatabase.CreateAsync(to);
        await source.FillAsync(parcels: 2);
        await using var context = source.Open();
        await Capture.PutUpAsync(context, Stop);
        var copying = DatabaseCopyTests.CopyAsync(
            source,
            target,
            new CopyOptions(BatchRows: 1, WhileWritten: true)
        );
        for (var number = 10; number < 40; number++)
            await source.ChangeAsync(depot => Task.FromResult(DepotDatabase.AddParcel(depot, number)));
        await copying;

        var move = new Move(source, target);
        await move.CatchUpAsync();
        await move.ShouldBeSameAsync();
    }

    /// <summary>Numbers are given when a row is changed, and seen when that is committed: the higher may be first.</summary>
    [Fact]
    public async Task A_change_that_is_committed_behind_a_later_one_is_not_passed_over()
    {
        using var move = await Move.BeginAsync(TestEngine.PostgreSql, TestEngine.PostgreSql, parcels: 2);
        await using var slow = move.Source.Open();
        await using var transaction = await slow.Database.BeginTransactionAsync(Stop);
        await slow.Tickets.Where(row => row.Id == 1).ExecuteDeleteAsync(Stop);
        await move.Source.ReadAsync(depot =>
            depot.Tickets.Where(row => row.Id == 2).ExecuteDeleteAsync(Stop)
        );
        await move.CatchUpAsync();

        await transaction.CommitAsync(Stop);

        await move.CatchUpAsync();
        await move.ShouldBeSameAsync();
    }

    [Fact]
    public async Task Who_wrote_before_changes_were_captured_has_ended_when_they_are()
    {
        using var source = await DepotDatabase.CreateAsync(TestEngine.PostgreSql);
        await source.FillAsync(parcels: 1);
        await using var slow = source.Open();
        var transaction = await slow.Database.BeginTransactionAsync(Stop);
        await slow.Tickets.ExecuteDeleteAsync(Stop);
        await using var context = source.Open();

        var capturing = Capture.PutUpAsync(context, Stop);
        await Eventually.HoldsAsync(
            () =>
                source.ReadAsync(depot =>
                    depot
                        .Database.SqlQuery<bool>(
                            $"SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'capture') AS \"Value\""
                        )
                        .SingleAsync(Stop)
                ),
            "capturing has begun"
        );

        capturing.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Stop);
        await transaction.DisposeAsync();
        await capturing;
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task Nothing_of_it_is_left_when_it_is_taken_away(TestEngine engine)
    {
        using var source = await DepotDatabase.CreateAsync(engine);
        await using var context = source.Open();
        await Capture.PutUpAsync(context, Stop);
        await Capture.PutUpAsync(context, Stop);
        await source.FillAsync(parcels: 1);
        (await Capture.CountAsync(context, Stop)).ShouldBe(9);

        await Capture.TakeDownAsync(context, Stop);
        await Capture.TakeDownAsync(context, Stop);

        await source.ChangeAsync(depot => Task.FromResult(DepotDatabase.AddParcel(depot, 3)));
        await Capture.PutUpAsync(context, Stop);
        (await Capture.CountAsync(context, Stop)).ShouldBe(0);
    }

    /// <summary>A source that is copied and captured, and its copy.</summary>
    internal sealed class Move(DepotDatabase source, DepotDatabase target) : IDisposable
    {
        public DepotDatabase Source => source;

        public DepotDatabase Target => target;

        public static async Task<Move> BeginAsync(TestEngine from, TestEngine to, int parcels)
        {
            var source = await DepotDatabase.CreateAsync(from);
            var target = await DepotDatabase.CreateAsync(to);
            await source.FillAsync(parcels);
            await using var context = source.Open();
            await Capture.PutUpAsync(context, Stop);
            await DatabaseCopyTests.CopyAsync(source, target, new CopyOptions(WhileWritten: true));
            return new Move(source, target);
        }

        public async Task CatchUpAsync(int atATime = 500)
        {
            await using var from = source.Open();
            await using var to = target.Open();
            var catchUp = new CatchUp(from, to);
            while (await catchUp.RunAsync(atATime, Stop) > 0) { }
            await catchUp.AlignCountersAsync(Stop);
        }

        public async Task ShouldBeSameAsync()
        {
            await using var from = source.Open();
            await using var to = target.Open();
            var comparison = new LiveComparison(from, to);
            await comparison.ReadThroughAsync(null, Stop);
            (await comparison.FinishAsync(Stop)).Difference.ShouldBeNull();
            comparison.Open.ShouldBe(0);
        }

        public void Dispose()
        {
            source.Dispose();
            target.Dispose();
        }
    }
}
