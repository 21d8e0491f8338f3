using Microsoft.EntityFrameworkCore;
using Platform.Extraction;
using Platform.Testing;

namespace Platform.Tests.Extraction;

/// <summary>Two databases of a schema are held against each other before a copy counts.</summary>
public sealed class DatabaseComparisonTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_has_another_value_is_found_and_named()
    {
        var (result, key) = await CompareAfterAsync(
            async (depot, parcel) =>
                await depot
                    .Parcels.Where(row => row.Id == parcel)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Weight, 1e-9), Stop)
        );

        var table = result.Tables.Single(table => !table.IsEqual);
        (table.Table, table.SourceRows, table.TargetRows).ShouldBe(("parcel", 10, 10));
        table.SourceChecksum.ShouldNotBe(table.TargetChecksum);
        table.DifferingKeys.ShouldHaveSingleItem().ShouldContain($"{key}");
        result.Difference.ShouldNotBeNull().ShouldContain($"{key}");
    }

    [Fact]
    public async Task A_value_within_a_document_counts()
    {
        var (result, key) = await CompareAfterAsync(
            async (depot, parcel) =>
            {
                var changed = await depot.Parcels.SingleAsync(row => row.Id == parcel, Stop);
                changed.Scans[1] = new Scan { At = changed.Scans[1].At, Place = "Incheon" };
                await depot.SaveChangesAsync(Stop);
            }
        );

        result.Tables.Single(table => !table.IsEqual).DifferingKeys.Single().ShouldContain($"{key}");
    }

    [Fact]
    public async Task A_row_that_is_missing_and_one_too_many_do_not_make_up_for_each_other()
    {
        var (result, key) = await CompareAfterAsync(
            async (depot, parcel) =>
            {
                var other = Guid.CreateVersion7();
                await depot.Labels.Where(row => row.ParcelId == parcel).ExecuteDeleteAsync(Stop);
                depot.Add(new Label { Id = other, Code = "other" });
                await depot.SaveChangesAsync(Stop);
            }
        );

        var table = result.Tables.Single(table => !table.IsEqual);
        (table.Table, table.SourceRows, table.TargetRows).ShouldBe(("label", 10, 10));
        table.DifferingKeys.Count.ShouldBe(2);
        key.ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task A_cursor_somewhere_else_is_a_difference_of_its_own()
    {
        var (result, _) = await CompareAfterAsync(
            async (depot, _) =>
                await depot.Cursors.ExecuteUpdateAsync(set => set.SetProperty(row => row.Position, 16), Stop)
        );

        result.Heads.Single(head => !head.IsEqual).ShouldBe(new ComparedHead("cursor orders", 17, 16));
    }

    [Fact]
    public async Task Positions_that_would_be_given_out_again_are_a_difference()
    {
        using var source = await DepotDatabase.CreateAsync(TestEngine.Sqlite);
        using var target = await DepotDatabase.CreateAsync(TestEngine.PostgreSql);
        await source.FillAsync(parcels: 3);
        await DatabaseCopyTests.CopyAsync(source, target, new CopyOptions());
        await source.ChangeAsync(depot => Task.FromResult(DepotDatabase.AddParcel(depot, 9)));
        await source.ReadAsync(depot =>
            depot.Outbox.Where(row => row.Position == 4).ExecuteDeleteAsync(Stop)
        );

        var result = await DatabaseCopyTests.CompareAsync(source, target);

        result.Heads.Single(head => !head.IsEqual).ShouldBe(new ComparedHead("outbox counter", 4, 3));
    }

    /// <summary>A copy from SQLite to PostgreSQL in which something is changed.</summary>
    private static async Task<(ComparisonResult Result, Guid Parcel)> CompareAfterAsync(
        Func<DepotDbContext, Guid, Task> change
    )
    {
        using var source = await DepotDatabase.CreateAsync(TestEngine.Sqlite);
        using var target = await DepotDatabase.CreateAsync(TestEngine.PostgreSql);
        await source.FillAsync(parcels: 10);
        await DatabaseCopyTests.CopyAsync(source, target, new CopyOptions());
        var parcel = await source.ReadAsync(depot =>
            depot.Parcels.Where(row => row.Count == long.MaxValue - 7).Select(row => row.Id).SingleAsync(Stop)
        );
        await target.ReadAsync(async depot =>
        {
            await change(depot, parcel);
            return true;
        });
        return (await DatabaseCopyTests.CompareAsync(source, target), parcel);
    }
}
