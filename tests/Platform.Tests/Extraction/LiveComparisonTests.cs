using Microsoft.EntityFrameworkCore;
using Platform.Extraction;
using Platform.Testing;
using static Platform.Tests.Extraction.CatchUpTests;

namespace Platform.Tests.Extraction;

/// <summary>A source that is written to is compared beforehand, so that little is left to compare in the end.</summary>
public sealed class LiveComparisonTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseCopyTests.Ways), MemberType = typeof(DatabaseCopyTests))]
    public async Task Only_what_differed_or_changed_since_is_looked_at_again(TestEngine from, TestEngine to)
    {
        using var move = await Move.BeginAsync(from, to, parcels: 10);
        await using var source = move.Source.Open();
        await using var target = move.Target.Open();
        await ChangeAsync(move.Source, ticket: 3, "changed before");
        var comparison = new LiveComparison(source, target);

        await comparison.ReadThroughAsync(null, Stop);
        comparison.Open.ShouldBe(1);
        await ChangeAsync(move.Source, ticket: 4, "changed since");
        (await comparison.FinishAsync(Stop)).IsEqual.ShouldBeFalse("it is not caught up with");
        await new CatchUp(source, target, comparison).RunAsync(500, Stop);

        var result = await comparison.FinishAsync(Stop);
        result.Difference.ShouldBeNull();
        comparison.Open.ShouldBe(2);
        result.Tables.Single(table => table.Table == "ticket").SourceRows.ShouldBe(10);
    }

    [Fact]
    public async Task A_row_that_is_not_the_same_though_nobody_changed_it_is_found()
    {
        using var move = await Move.BeginAsync(TestEngine.Sqlite, TestEngine.PostgreSql, parcels: 5);
        await ChangeAsync(move.Target, ticket: 2, "spoilt");

        var result = await CompareAsync(move);

        result.Tables.Single(table => !table.IsEqual).DifferingKeys.ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_row_that_only_the_copy_has_is_found()
    {
        using var move = await Move.BeginAsync(TestEngine.Sqlite, TestEngine.PostgreSql, parcels: 5);
        await move.Target.ChangeAsync(depot =>
        {
            depot.Add(new Ticket { Text = "one too many" });
            return Task.CompletedTask;
        });

        var result = await CompareAsync(move);

        var table = result.Tables.Single(table => !table.IsEqual);
        (table.Table, table.SourceRows, table.TargetRows).ShouldBe(("ticket", 5, 6));
    }

    private static async Task<ComparisonResult> CompareAsync(Move move)
    {
        await using var source = move.Source.Open();
        await using var target = move.Target.Open();
        var comparison = new LiveComparison(source, target);
        await comparison.ReadThroughAsync(null, Stop);
        await new CatchUp(source, target, comparison).RunAsync(500, Stop);
        return await comparison.FinishAsync(Stop);
    }

    private static Task<int> ChangeAsync(DepotDatabase depot, int ticket, string text) =>
        depot.ReadAsync(context =>
            context
                .Tickets.Where(row => row.Id == ticket)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, text), Stop)
        );
}
