using Microsoft.EntityFrameworkCore;
using Platform.Domain;
using Platform.Testing;

namespace Platform.Tests.Data;

/// <summary>A unit of work is one transaction from its first statement that is not only a query.</summary>
public class FlushBeforeQueryTests : IAsyncLifetime
{
    private readonly SamplesDatabase _database;

    public FlushBeforeQueryTests()
        : this(TestEngines.Default) { }

    protected FlushBeforeQueryTests(TestEngine engine) => _database = new SamplesDatabase(engine);

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        await using var context = _database.Open();
        context.Add(new Sample { Id = Guid.CreateVersion7(), Price = new Money(1, "EUR") });
        await context.SaveChangesAsync();
    }

    [Fact]
    public async Task A_bulk_statement_is_undone_with_the_unit_of_work()
    {
        await using (var context = _database.Open())
        {
            context.BeginWork();
            await CountAsync(context, 7);
            (await context.Samples.AsNoTracking().SingleAsync()).Count.ShouldBe(7);
            await context.Database.RollbackTransactionAsync();
        }

        await using var after = _database.Open();
        (await after.Samples.SingleAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_bulk_statement_sees_what_was_added_before_it()
    {
        await using var context = _database.Open();
        context.BeginWork();
        context.Add(new Sample { Id = Guid.CreateVersion7(), Price = new Money(2, "EUR") });

        (await CountAsync(context, 7)).ShouldBe(2);

        await context.Database.CommitTransactionAsync();
        (await context.Samples.CountAsync(sample => sample.Count == 7)).ShouldBe(2);
    }

    [Fact]
    public async Task A_query_alone_begins_no_transaction()
    {
        await using var context = _database.Open();
        context.BeginWork();

        await context.Samples.AsNoTracking().ToListAsync();

        context.Database.CurrentTransaction.ShouldBeNull();
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<int> CountAsync(SamplesDbContext context, int count) =>
        context.Samples.ExecuteUpdateAsync(set => set.SetProperty(sample => sample.Count, count));
}

public sealed class FlushBeforeQueryOnPostgreSqlTests() : FlushBeforeQueryTests(TestEngine.PostgreSql);
