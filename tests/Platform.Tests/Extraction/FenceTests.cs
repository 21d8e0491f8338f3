using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Extraction;
using Platform.Testing;

namespace Platform.Tests.Extraction;

/// <summary>The database itself refuses the writes of whoever is not at home, whatever they believe.</summary>
public sealed class FenceTests
{
    private const string Sentence = "It's at home in 'there'; this process isn't.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task Every_write_to_every_table_is_refused_in_our_own_words(TestEngine engine)
    {
        using var depot = await DepotDatabase.CreateAsync(engine);
        await depot.FillAsync(parcels: 3);
        await PutUpAsync(depot, "there");

        await using var context = depot.Open();
        foreach (var table in TableShape.FencedOf(context))
        {
            var name = DatabaseEngines.Of(context.Database).ExtractionSql.Of(table.Schema, table.Name);
            var columns = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
            await ShouldBeRefusedAsync(
                context,
                $"INSERT INTO {name} ({columns}) SELECT {columns} FROM {name}",
                engine,
                table.Name
            );
            await ShouldBeRefusedAsync(
                context,
                $"UPDATE {name} SET \"{table.Columns[0].Name}\" = \"{table.Columns[0].Name}\"",
                engine,
                table.Name
            );
            await ShouldBeRefusedAsync(context, $"DELETE FROM {name}", engine, table.Name);
        }
        (await context.Parcels.CountAsync(Stop)).ShouldBe(3);
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task Saving_and_bulk_statements_fail_as_fenced_and_are_tried_again(TestEngine engine)
    {
        using var depot = await DepotDatabase.CreateAsync(engine);
        await depot.FillAsync(parcels: 1);
        await PutUpAsync(depot, "there");

        var saving = await Should.ThrowAsync<Exception>(() =>
            depot.ChangeAsync(context => Task.FromResult(DepotDatabase.AddParcel(context, 5)))
        );
        var bulk = await Should.ThrowAsync<Exception>(() =>
            depot.ReadAsync(context =>
                context.Shelves.ExecuteUpdateAsync(set => set.SetProperty(row => row.Free, 0), Stop)
            )
        );

        foreach (var refused in new[] { saving, bulk })
        {
            DatabaseFailure.IsFenced(refused).ShouldBeTrue(refused.ToString());
            DatabaseFailure.IsUnreachable(refused).ShouldBeTrue("it is tried again");
            refused.GetBaseException().Message.ShouldContain(Sentence);
        }
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task The_home_that_is_named_writes_and_another_is_let_in_when_the_fence_is_moved(
        TestEngine engine
    )
    {
        using var depot = await DepotDatabase.CreateAsync(engine);
        await PutUpAsync(depot, "there");

        (await WritesAsync(depot, "there")).ShouldBeTrue();
        (await WritesAsync(depot, "here")).ShouldBeFalse();
        await PutUpAsync(depot, null);
        (await WritesAsync(depot, "there")).ShouldBeFalse();
        await PutUpAsync(depot, "here");
        (await WritesAsync(depot, "here")).ShouldBeTrue();
        (await WritesAsync(depot, "there")).ShouldBeFalse();
        (await WritesAsync(depot, "not-here")).ShouldBeFalse("the end of a name is no name");
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task It_says_who_may_write_and_when_it_is_taken_down_everybody_may(TestEngine engine)
    {
        using var depot = await DepotDatabase.CreateAsync(engine);
        (await ReadAsync(depot)).ShouldBeNull();
        await PutUpAsync(depot, "there");
        await PutUpAsync(depot, "there");
        (await ReadAsync(depot)).ShouldBe(new FenceState("there", Sentence));

        await TakeDownAsync(depot);
        await TakeDownAsync(depot);

        (await ReadAsync(depot)).ShouldBeNull();
        (await WritesAsync(depot, "here")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task Nobody_is_refused_before_it_is_put_up(TestEngine engine)
    {
        using var depot = await DepotDatabase.CreateAsync(engine);
        await using var context = depot.Open();

        await Fence.PrepareAsync(context, Sentence, Stop);

        (await Fence.ReadAsync(context, Stop)).ShouldBeNull();
        (await WritesAsync(depot, "here")).ShouldBeTrue();
    }

    /// <summary>As a process does that was stopped before the fence, and goes on behind it.</summary>
    [Fact]
    public async Task A_transaction_that_was_open_when_it_was_put_up_writes_nothing_afterwards()
    {
        using var depot = await DepotDatabase.CreateAsync(TestEngine.PostgreSql);
        await depot.FillAsync(parcels: 1);
        await using var frozen = depot.Open();
        await using var transaction = await frozen.Database.BeginTransactionAsync(Stop);
        (await frozen.Parcels.CountAsync(Stop)).ShouldBe(1);

        await PutUpAsync(depot, "there");

        DepotDatabase.AddParcel(frozen, 9);
        var refused = await Should.ThrowAsync<DbUpdateException>(() => frozen.SaveChangesAsync(Stop));
        DatabaseFailure.IsFenced(refused).ShouldBeTrue(refused.ToString());
    }

    [Fact]
    public async Task Nor_does_one_that_sees_all_as_it_was_before()
    {
        using var depot = await DepotDatabase.CreateAsync(TestEngine.PostgreSql);
        await depot.FillAsync(parcels: 1);
        await using var frozen = depot.Open();
        await using var transaction = await frozen.Database.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            Stop
        );
        (await frozen.Parcels.CountAsync(Stop)).ShouldBe(1);

        await PutUpAsync(depot, "there");

        DepotDatabase.AddParcel(frozen, 9);
        var refused = await Should.ThrowAsync<DbUpdateException>(() => frozen.SaveChangesAsync(Stop));
        DatabaseFailure.IsFenced(refused).ShouldBeTrue(refused.ToString());
    }

    [Theory]
    [InlineData("parcel")]
    [InlineData("shelf")]
    public async Task It_is_not_up_before_those_who_wrote_before_it_have_ended(string table)
    {
        using var depot = await DepotDatabase.CreateAsync(TestEngine.PostgreSql);
        await depot.FillAsync(parcels: 1);
        await using (var preparing = depot.Open())
            await Fence.PrepareAsync(preparing, Sentence, Stop);
        await using var frozen = depot.Open();
        await using var transaction = await frozen.Database.BeginTransactionAsync(Stop);
#pragma warning disable EF1002 // The names are the test's own.
        await frozen.Database.ExecuteSqlRawAsync($"DELETE FROM depot.{table} WHERE false", Stop);
#pragma warning restore EF1002

        var waited = await Should.ThrowAsync<WritersInFlightException>(() => PutUpAsync(depot, "there"));

        waited.Message.ShouldContain("'depot'");
        (await ReadAsync(depot))!.MayWrite.ShouldBe("there", "nobody else begins to write meanwhile");
        await transaction.CommitAsync(Stop);
        await PutUpAsync(depot, "there");
        (await WritesAsync(depot, "here")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_says_of_no_home_that_it_is_its_own_cannot_write_to_a_file_with_a_fence()
    {
        using var depot = await DepotDatabase.CreateAsync(TestEngine.Sqlite);
        await PutUpAsync(depot, "there");
        await using var context = depot.Open();
        await using var stranger = new SqliteConnection(
            $"Data Source={context.Database.GetDbConnection().DataSource};Pooling=false"
        );
        await stranger.OpenAsync(Stop);
        await using var command = stranger.CreateCommand();
        command.CommandText = "INSERT INTO ticket (Text) VALUES ('mine')";

        var refused = await Should.ThrowAsync<SqliteException>(() => command.ExecuteNonQueryAsync(Stop));

        DatabaseFailure.IsFenced(refused).ShouldBeTrue(refused.ToString());
    }

    [Fact]
    public async Task A_pooler_that_shares_sessions_among_homes_does_not_let_the_wrong_one_through()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        SkipTestException.ThrowIf(PgBouncer.Missing);
        using var depot = await DepotDatabase.CreateAsync(TestEngine.PostgreSql);
        await PutUpAsync(depot, "there");
        await using var pooler = await PgBouncer.StartAsync(depot.ConnectionString, connections: 1);

        for (var turn = 0; turn < 3; turn++)
        {
            (await WritesAsync(depot, "there", pooler.ConnectionString)).ShouldBeTrue();
            (await WritesAsync(depot, "here", pooler.ConnectionString)).ShouldBeFalse();
        }
    }

    private static async Task PutUpAsync(DepotDatabase depot, string? mayWrite)
    {
        await using var context = depot.Open();
        await Fence.PutUpAsync(context, mayWrite, Sentence, Stop);
    }

    private static async Task TakeDownAsync(DepotDatabase depot)
    {
        await using var context = depot.Open();
        await Fence.TakeDownAsync(context, Stop);
    }

    private static Task<FenceState?> ReadAsync(DepotDatabase depot) =>
        depot.ReadAsync(context => Fence.ReadAsync(context, Stop));

    private static async Task<bool> WritesAsync(DepotDatabase depot, string home, string? by = null)
    {
        await using var context = depot.Open(home, by);
        DepotDatabase.AddParcel(context, 1);
        context.Remove(context.ChangeTracker.Entries<Shelf>().Single().Entity);
        try
        {
            await context.SaveChangesAsync(Stop);
            return true;
        }
        catch (DbUpdateException refused) when (DatabaseFailure.IsFenced(refused))
        {
            return false;
        }
    }

    private static async Task ShouldBeRefusedAsync(
        DepotDbContext context,
        string statement,
        TestEngine engine,
        string table
    )
    {
        // A file refuses rows, and of a table that has none there is nothing to refuse.
        if (engine == TestEngine.Sqlite && table is "dead_letter" or "stream_decision")
            return;
        var refused = await Should.ThrowAsync<Exception>(() =>
            context.Database.ExecuteSqlRawAsync(statement, Stop)
        );
        DatabaseFailure.IsFenced(refused).ShouldBeTrue($"{statement}: {refused}");
    }
}
