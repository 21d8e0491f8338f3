using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Simulator.Databases;

/// <summary>A file of its own in a folder.</summary>
internal sealed class SqliteStore(string module, string folder) : ModuleStore(module)
{
    public override IReadOnlyList<string> HostArguments =>
        [$"--Modules:{Module}:Database:Engine=Sqlite", $"--Database:Directory={folder}"];

    protected override DbConnection Connect() =>
        new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder, $"{Module}.db"),
                Mode = SqliteOpenMode.ReadWrite,
                DefaultTimeout = 30,
                Pooling = false,
            }.ToString()
        );

    protected override string Named(string table) => $"\"{table}\"";
}
