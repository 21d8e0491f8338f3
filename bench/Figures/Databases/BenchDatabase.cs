using Npgsql;
using Platform.Testing;

namespace Figures.Databases;

/// <summary>
/// A throwaway PostgreSQL server that keeps what it commits, as in production. It also notes when each transaction
/// was committed, which tells the lag of an effect without asking those who are measured.
/// </summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly PostgreSqlServer _server;

    private BenchDatabase(PostgreSqlServer server) => _server = server;

    public static async Task<BenchDatabase> StartAsync()
    {
        if (PostgreSqlServer.Missing is { } missing)
            throw new InvalidOperationException(missing);
        var server = await PostgreSqlServer.StartAsync(durable: true);
        await server.ExecuteAsync("postgres", "ALTER SYSTEM SET track_commit_timestamp = on");
        await server.ExecuteAsync(
            "postgres",
            "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'"
        );
        await server.ExecuteAsync("postgres", "ALTER SYSTEM SET shared_buffers = '256MB'");
        await server.ExecuteAsync("postgres", "ALTER SYSTEM SET max_wal_size = '4GB'");
        await server.CrashAsync();
        await server.StartAgainAsync();
        return new BenchDatabase(server);
    }

    /// <summary>Creates a database.</summary>
    /// <returns>Its connection string, with a connection for each of those who drive the load.</returns>
    public async Task<string> CreateAsync()
    {
        var given = new NpgsqlConnectionStringBuilder(await _server.CreateDatabaseAsync());
        given.Remove("Connection Idle Lifetime");
        given.Remove("Connection Pruning Interval");
        given.MaxPoolSize = 32;
        return given.ConnectionString;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
