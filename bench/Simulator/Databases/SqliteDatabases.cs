using Microsoft.Data.Sqlite;

namespace Simulator.Databases;

/// <summary>A folder with a file per module.</summary>
internal sealed class SqliteDatabases(string folder) : IDatabases
{
    public string Folder => folder;

    public IReadOnlyList<string> HostArguments => [$"--Database:Directory={folder}"];

    public async Task<IReadOnlyList<Row>> ReadAsync(string module, string table, CancellationToken stop)
    {
        await using var connection = Connect(module);
        return await Rows.ReadAsync(connection, $"SELECT * FROM \"{table}\"", stop);
    }

    public async Task<long> CountAsync(string module, string table, string where, CancellationToken stop)
    {
        await using var connection = Connect(module);
        var rows = await Rows.ReadAsync(
            connection,
            $"SELECT COUNT(*) AS \"Count\" FROM \"{table}\" WHERE {where}",
            stop
        );
        return rows[0].Number("Count");
    }

    /// <summary>Not pooled: whoever checks holds no file that a host may want for itself.</summary>
    private SqliteConnection Connect(string module) =>
        new(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder, $"{module}.db"),
                Mode = SqliteOpenMode.ReadWrite,
                DefaultTimeout = 30,
                Pooling = false,
            }.ToString()
        );
}
