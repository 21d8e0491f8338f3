using System.Tests.Running;
using Npgsql;

namespace System.Tests;

/// <summary>
/// Each module connects with its own login, which can see its own schema only; the script that creates the
/// logins is run as it ships.
/// </summary>
public sealed class LoginTests
{
    private static readonly string[] Schemas = ["orders", "riders", "reviews", "identity"];

    [Fact]
    public async Task The_whole_deployment_runs_under_logins_that_see_one_schema_each()
    {
        using var folder = new TemporaryFolder(TestEngine.PostgreSql);
        var database = (await folder.DatabaseAsync())!;
        await Logins.CreateAsync(database);

        await RunToItsEndAsync(folder, "migrate", [.. Schemas.SelectMany(schema => As("migration", schema))]);
        await Logins.CreateAsync(database);
        await using var host = await HostProcess.StartAsync(
            folder.Path,
            ["--Database:Migrate=false", .. Schemas.SelectMany(schema => As(schema, schema))]
        );
        var story = await Story.BeginAsync(host);
        var order = await story.DeliverOneAsync();
        await story.ReviewAsync(order, 5);
        await Eventually.HoldsAsync(
            async () => await story.RatingAsync() is (5, 1),
            "the rating comes round"
        );

        foreach (var mine in Schemas)
        {
            foreach (var other in Schemas)
            {
                var seen = await SeesAsync(mine, other);
                seen.ShouldBe(mine == other, $"monolith_{mine} looks into {other}");
            }
        }

        string[] As(string login, string schema)
        {
            var section = schema == "identity" ? "Auth" : $"Modules:{schema}";
            return
            [
                $"--{section}:Database:Engine=PostgreSql",
                $"--{section}:Database:ConnectionString={ConnectionString(login)}",
            ];
        }

        string ConnectionString(string login) => Logins.As(database, $"monolith_{login}");

        async Task<bool> SeesAsync(string login, string schema)
        {
            var address = new NpgsqlConnectionStringBuilder(ConnectionString(login)) { Pooling = false };
            await using var connection = new NpgsqlConnection(address.ConnectionString);
            await connection.OpenAsync();
            var table = schema == "identity" ? "account" : "outbox";
            await using var command = new NpgsqlCommand($"SELECT COUNT(*) FROM {schema}.{table}", connection);
            try
            {
                await command.ExecuteScalarAsync();
                return true;
            }
            catch (PostgresException refused)
                when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                return false;
            }
        }
    }

    private static Task RunToItsEndAsync(TemporaryFolder folder, string command, string[] arguments) =>
        ShellCommand.EndsWellAsync(
            folder.Path,
            ["dotnet", Repository.HostAssembly, command, $"--Database:Directory={folder.Path}", .. arguments],
            ("ASPNETCORE_ENVIRONMENT", "Development")
        );
}
