using System.Data.Common;
using Npgsql;

namespace Simulator.Databases;

/// <summary>A schema of its own in a database.</summary>
internal sealed class PostgreSqlStore(string module, string connectionString) : ModuleStore(module)
{
    public override IReadOnlyList<string> HostArguments =>
        [
            $"--Modules:{Module}:Database:Engine=PostgreSql",
            $"--Modules:{Module}:Database:ConnectionString={connectionString}",
        ];

    protected override DbConnection Connect() =>
        new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 30 }.ToString()
        );

    protected override string Named(string table) => $"\"{Module}\".\"{table}\"";
}
