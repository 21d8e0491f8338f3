using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace System.Tests.Running;

/// <summary>A module's database, looked into or tampered with beside the running host.</summary>
internal sealed class Database
{
    private readonly Func<DbConnection> _connect;

    /// <summary>The file of a module in a data folder.</summary>
    public Database(string folder, string module)
    {
        File = Path.Combine(folder, $"{module}.db");
        var file = new SqliteConnectionStringBuilder
        {
            DataSource = File,
            DefaultTimeout = 15,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        _connect = () => new SqliteConnection(file.ToString());
    }

    private Database(NpgsqlConnectionStringBuilder address)
    {
        File = "";
        _connect = () => new NpgsqlConnection(address.ConnectionString);
    }

    /// <summary>The file, on SQLite.</summary>
    public string File { get; }

    /// <summary>The schema of a module on PostgreSQL.</summary>
    public static Database OnPostgreSql(string connectionString, string module) =>
        new(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = module, Pooling = false });

    public long Count(string table, string where = "1 = 1") =>
        Query($"SELECT COUNT(*) FROM \"{table}\" WHERE {where}", row => row.GetInt64(0)).Single();

    public long Position(string stream) =>
        Query($"SELECT \"Position\" FROM cursor WHERE \"Stream\" = '{stream}'", row => row.GetInt64(0))
            .Single();

    public IReadOnlyList<Guid> KeysOf(string eventType) =>
        Query(
            $"SELECT \"Key\" FROM outbox WHERE \"Type\" = '{eventType}' ORDER BY \"Position\"",
            row => row.GetGuid(0)
        );

    /// <summary>An id as both engines compare it: SQLite by its text, in capitals.</summary>
    public static string Literal(Guid id) => $"'{id.ToString().ToUpperInvariant()}'";

    public IReadOnlyList<T> Query<T>(string sql, Func<DbDataReader, T> read)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Keeps everybody else from a table, on PostgreSQL, until it is disposed of.</summary>
    public IDisposable Hold(string table)
    {
        var connection = Open();
        var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = $"LOCK TABLE \"{table}\" IN ACCESS EXCLUSIVE MODE";
        command.ExecuteNonQuery();
        return new Held(connection, transaction);
    }

    private sealed record Held(DbConnection Connection, DbTransaction Transaction) : IDisposable
    {
        public void Dispose()
        {
            Transaction.Dispose();
            Connection.Dispose();
        }
    }

    /// <summary>Not pooled, so that the test holds no file that it is about to replace.</summary>
    private DbConnection Open()
    {
        var connection = _connect();
        connection.Open();
        return connection;
    }
}
