using System.Globalization;

namespace Platform.Data;

/// <summary>A file is a schema by itself, so that no name has one before it.</summary>
internal sealed class SqliteExtractionSql : IExtractionSql
{
    public string Text => "TEXT";

    public string Name => "TEXT";

    public string Quote(string name) => $"\"{name}\"";

    public string Of(string? schema, string table) => Quote(table);

    public string First(int rows) => string.Create(CultureInfo.InvariantCulture, $"LIMIT {rows}");

    public string CreateTable(string? schema, string table, string columns) =>
        $"CREATE TABLE IF NOT EXISTS {Quote(table)} ({columns});";

    public string HasTable(string? schema, string table) =>
        $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{table}';";

    public string ReadCounter(string? schema, string table, string column) =>
        $"SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0);";

    public string SetCounter(string? schema, string table, string column, long last) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            DELETE FROM sqlite_sequence WHERE name = '{table}';
            INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {last});
            """
        );
}
