using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.Data;

namespace Platform.Tests.Data;

/// <summary>What is asked of SQL Server, which no server here can be asked.</summary>
public sealed class SqlServerQueryTests
{
    /// <summary>It orders ids by their last bytes first, and pages are merged in the order that C# gives them.</summary>
    [Fact]
    [Trait("Fault", "Q6")]
    public void Dead_letters_are_ordered_and_cut_by_their_ids_as_texts()
    {
        using var context = Open();
        var engine = DatabaseEngines.Of(context.Database);
        var page = engine.ThenById(
            context
                .DeadLetters.Where(engine.IsBefore(DateTimeOffset.UnixEpoch, Guid.CreateVersion7()))
                .OrderByDescending(row => row.FirstFailedAt)
        );

        var sql = page.Take(50).ToQueryString();

        sql.ShouldContain("ORDER BY [d].[FirstFailedAt] DESC, CONVERT(varchar(36), [d].[Id]) DESC");
        sql.ShouldContain("CONVERT(varchar(36), [d].[Id]) < ");
    }

    [Fact]
    [Trait("Fault", "Q6")]
    public void Ids_have_the_same_order_as_their_texts()
    {
        var ids = Enumerable
            .Range(0, 1_000)
            .Select(_ => new Guid(RandomNumberGenerator.GetBytes(16)))
            .ToList();

        ids.Order().ShouldBe(ids.OrderBy(id => id.ToString().ToUpperInvariant(), StringComparer.Ordinal));
    }

    private static SamplesDbContext Open()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Database:Engine", "SqlServer"),
                new("Database:ConnectionString", "Server=nowhere;Database=samples"),
            ])
            .Build();
        var options = new DbContextOptionsBuilder<SamplesDbContext>();
        DatabaseChoice.Read(configuration, "Modules:Samples", "samples").Configure(options);
        return new SamplesDbContext(options.Options, TimeProvider.System);
    }
}
