using System.Globalization;

namespace Platform.Data;

internal sealed class SqlServerExtractionSql : IExtractionSql
{
    public string Text => "nvarchar(max)";

    public string Name => "nvarchar(128)";

    public string Quote(string name) => $"[{name}]";

    public string Of(string? schema, string table) => $"[{schema}].[{table}]";

    public string First(int rows) =>
        string.Create(CultureInfo.InvariantCulture, $"OFFSET 0 ROWS FETCH NEXT {rows} ROWS ONLY");

    public string CreateTable(string? schema, string table, string columns) =>
        $"IF OBJECT_ID(N'{Of(schema, table)}', N'U') IS NULL CREATE TABLE {Of(schema, table)} ({columns});";

    public string HasTable(string? schema, string table) =>
        $"SELECT CASE WHEN OBJECT_ID(N'{Of(schema, table)}', N'U') IS NULL THEN 0 ELSE 1 END;";

    public string Numbered(string? schema, string table, string insert) =>
        $"SET IDENTITY_INSERT {Of(schema, table)} ON; {insert} SET IDENTITY_INSERT {Of(schema, table)} OFF;";

    /// <summary>A table that never had a row tells the first number, which nobody has.</summary>
    public string ReadCounter(string? schema, string table, string column) =>
        $"""
            SELECT coalesce((
                SELECT CAST([last_value] AS bigint) FROM [sys].[identity_columns]
                WHERE [object_id] = OBJECT_ID(N'{Of(schema, table)}')
            ), 0);
            """;

    public string SetCounter(string? schema, string table, string column, long last) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"DBCC CHECKIDENT (N'{Of(schema, table)}', RESEED, {last}) WITH NO_INFOMSGS;"
        );
}
