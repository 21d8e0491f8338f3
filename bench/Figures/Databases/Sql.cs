using Npgsql;

namespace Figures.Databases;

/// <summary>Statements of this program, run on a connection of their own.</summary>
internal static class Sql
{
#pragma warning disable CA2100 // The texts are this program's own.
    public static async Task<int> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first row that a question yields, by column.</summary>
    public static async Task<IReadOnlyDictionary<string, object>> RowAsync(
        string connectionString,
        string sql
    )
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? Enumerable
                .Range(0, reader.FieldCount)
                .ToDictionary(reader.GetName, reader.GetValue, StringComparer.Ordinal)
            : throw new InvalidOperationException($"Nothing there: {sql}");
    }
#pragma warning restore CA2100

    /// <summary>An insert of one row, with a parameter per column.</summary>
    public static string Insert(string table, IEnumerable<string> columns)
    {
        var names = columns.ToList();
        return $"INSERT INTO {table} ({Names(names)}) VALUES ({string.Join(", ", names.Select((_, index) => $"${index + 1}"))})";
    }

    public static string Names(IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(name => $"\"{name}\""));
}
