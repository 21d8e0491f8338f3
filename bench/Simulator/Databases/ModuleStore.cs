using System.Data.Common;

namespace Simulator.Databases;

/// <summary>One module's database, read beside the hosts by plain SQL.</summary>
internal abstract class ModuleStore(string module)
{
    public string Module => module;

    /// <summary>What a host must be told to store the module there.</summary>
    public abstract IReadOnlyList<string> HostArguments { get; }

    /// <summary>Reads a whole table.</summary>
    public Task<IReadOnlyList<Row>> ReadAsync(string table, CancellationToken stop) =>
        QueryAsync($"SELECT * FROM {Named(table)}", stop);

    /// <summary>Counts rows; <paramref name="where"/> quotes its columns.</summary>
    public async Task<long> CountAsync(string table, string where, CancellationToken stop)
    {
        var rows = await QueryAsync($"SELECT COUNT(*) AS \"Count\" FROM {Named(table)} WHERE {where}", stop);
        return rows[0].Number("Count");
    }

    /// <summary>Not pooled: whoever checks holds nothing that a host, or the end of a server, would wait for.</summary>
    protected abstract DbConnection Connect();

    protected abstract string Named(string table);

    private async Task<IReadOnlyList<Row>> QueryAsync(string sql, CancellationToken stop)
    {
        await using var connection = Connect();
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<Row>();
        while (await reader.ReadAsync(stop))
        {
            var columns = new Dictionary<string, object?>(reader.FieldCount, StringComparer.Ordinal);
            for (var index = 0; index < reader.FieldCount; index++)
                columns[reader.GetName(index)] = reader.IsDBNull(index) ? null : reader.GetValue(index);
            rows.Add(new Row(columns));
        }
        return rows;
    }
}
