using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Testing;

namespace Platform.Tests.Data;

/// <summary>Servers that tests are lent have no database of theirs; those that they start may.</summary>
public sealed class SamplesTests
{
    [Fact]
    [Trait("Fault", "Q7")]
    public async Task Samples_have_their_tables_on_a_server_where_nobody_made_their_database()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        var server = await PostgreSqlServer.SharedAsync();
        var missing = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        missing.Database += "_missing";
        using var samples = new SamplesDatabase(TestEngine.PostgreSql);

        await samples.CreateAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Database:Engine"] = "PostgreSql",
                ["Database:ConnectionString"] = missing.ConnectionString,
            }
        );

        await using var context = samples.Open();
        (await context.Samples.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        await context.Database.EnsureDeletedAsync(TestContext.Current.CancellationToken);
    }
}
