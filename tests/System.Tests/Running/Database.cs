using Microsoft.Data.Sqlite;

namespace System.Tests.Running;

/// <summary>A module's database file, looked into or tampered with beside the running host.</summary>
internal sealed class Database(string folder, string module)
{
    public string File => Path.Combine(folder, $"{module}.db");

    public long Count(string table, string where = "1 = 1") =>
        Query($"SELECT COUNT(*) FROM \"{table}\" WHERE {where}", row => row.GetInt64(0)).Single();

    public long Position(string stream) =>
        Query($"SELECT Position FROM cursor WHERE Stream = '{stream}'", row => row.GetInt64(0)).Single();

    public IReadOnlyList<Guid> KeysOf(string eventType) =>
        Query(
            $"SELECT \"Key\" FROM outbox WHERE Type = '{eventType}' ORDER BY Position",
            row => Guid.Parse(row.GetString(0))
        );

    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
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

    /// <summary>Not pooled, so that the test holds no file that it is about to replace.</summary>
    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = File,
                DefaultTimeout = 15,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }
}
