using System.Data.Common;

namespace Simulator.Databases;

/// <summary>Reads rows over any ADO.NET connection.</summary>
internal static class Rows
{
    public static async Task<IReadOnlyList<Row>> ReadAsync(
        DbConnection connection,
        string sql,
        CancellationToken stop
    )
    {
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
