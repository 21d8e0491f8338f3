using System.Globalization;

namespace Platform.Data;

internal sealed class PostgreSqlExtractionSql : IExtractionSql
{
    public string Text => "text";

    public string Name => "text";

    public string Quote(string name) => $"\"{name}\"";

    public string Of(string? schema, string table) => $"\"{schema}\".\"{table}\"";

    public string First(int rows) => string.Create(CultureInfo.InvariantCulture, $"LIMIT {rows}");

    public string CreateTable(string? schema, string table, string columns) =>
        $"CREATE TABLE IF NOT EXISTS {Of(schema, table)} ({columns});";

    public string HasTable(string? schema, string table) =>
        $"SELECT count(to_regclass('{Of(schema, table)}'))::int;";

    public string ReadCounter(string? schema, string table, string column) =>
        $"SELECT coalesce(pg_sequence_last_value({Sequence(schema, table, column)}::regclass), 0);";

    public string SetCounter(string? schema, string table, string column, long last) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT setval({Sequence(schema, table, column)}, {last});"
        );

    private string Sequence(string? schema, string table, string column) =>
        $"pg_get_serial_sequence('{Of(schema, table)}', '{column}')";
}
