using Microsoft.Data.Sqlite;
using Simulator.Checking;
using Simulator.Databases;
using Simulator.Ledgers;

namespace Simulator.Tests.Running;

/// <summary>A day's databases and its ledger, which a test may spoil.</summary>
internal sealed class Day(DataFolder folder) : IDisposable
{
    public string Folder => folder.Path;

    public string LedgerFile => Path.Combine(folder.Path, "ledger.jsonl");

    public DeploymentStores Databases => DeploymentStores.OnSqlite(folder.Path);

    /// <summary>Runs a statement; it must change something.</summary>
    public void Spoil(string module, string sql, params (string Name, object Value)[] values)
    {
        using var connection = Open(module);
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery().ShouldBeGreaterThan(0, sql);
    }

    /// <summary>The one value of a query, which must have a row.</summary>
    public string Find(string module, string sql, params (string Name, object Value)[] values)
    {
        using var connection = Open(module);
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar().ShouldNotBeNull(sql).ToString()!;
    }

    public async Task<Verdict> CheckAsync() =>
        Checker.Check(await Evidence.GatherAsync(Ledger.Read(LedgerFile), Databases, CancellationToken.None));

    public void Dispose() => folder.Dispose();

    private static SqliteCommand Command(
        SqliteConnection connection,
        string sql,
        (string Name, object Value)[] values
    )
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    private SqliteConnection Open(string module)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder.Path, $"{module}.db"),
                Mode = SqliteOpenMode.ReadWrite,
                ForeignKeys = false,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }
}
