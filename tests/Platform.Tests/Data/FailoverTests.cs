using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Platform.Testing;
using Platform.Tests.Streams;

namespace Platform.Tests.Data;

/// <summary>
/// A failover that closes no connection: those that are open lead to a server that only reads, new ones to one that
/// writes.
/// </summary>
public sealed class FailoverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(TestEngine.Sqlite);

    [Fact]
    [Trait("Fault", "S11")]
    public async Task Connections_to_a_server_that_only_reads_are_given_up()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        await using var server = await PostgreSqlServer.StartAsync(durable: true);
        var database = await server.CreateDatabaseAsync();
        await using var host = await NotesHost.StartAsync(
            _folder,
            new PlantedStream("talk"),
            new Dictionary<string, string?>
            {
                ["Database:Engine"] = "PostgreSql",
                ["Database:ConnectionString"] = database,
            }
        );
        (await JotAsync(host)).ShouldBe(HttpStatusCode.OK);

        var connected = await ConnectedAsync(database);
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        await server.ExecuteAsync(name, $"ALTER DATABASE {name} SET default_transaction_read_only = off");
        await server.ExecuteAsync(name, "ALTER SYSTEM SET default_transaction_read_only = on");
        await server.ExecuteAsync(name, "SELECT pg_reload_conf()");

        await Eventually.HoldsAsync(
            async () => await JotAsync(host) == HttpStatusCode.OK && !await IsAnyOfAsync(database, connected),
            "all are connected anew and can write",
            TimeSpan.FromSeconds(20)
        );
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<bool> IsAnyOfAsync(string database, IReadOnlyList<int> processes) =>
        (await ConnectedAsync(database)).Intersect(processes).Any();

    private static async Task<IReadOnlyList<int>> ConnectedAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(array_agg(pid), '{}') FROM pg_stat_activity WHERE application_name = 'monolith-notes@web'",
            connection
        );
        return (int[])(await command.ExecuteScalarAsync())!;
    }

    private static async Task<HttpStatusCode> JotAsync(ModuleHost host)
    {
        var answer = await host.Anonymous()
            .PostAsJsonAsync(
                "/api/notes/jotted",
                new
                {
                    CallerId = Guid.CreateVersion7(),
                    IdempotencyKey = "key",
                    Word = "word",
                }
            );
        return answer.StatusCode;
    }
}
