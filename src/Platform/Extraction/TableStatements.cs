using Platform.Data;

namespace Platform.Extraction;

/// <summary>
/// The statements by which the rows of one table are read and written on one engine. A row's values are the parameters
/// <c>@v0</c> and so on, in the order of its columns; a key's are <c>@k0</c> and so on.
/// </summary>
internal sealed class TableStatements(TableShape table, IExtractionSql sql)
{
    private readonly string _table = sql.Of(table.Schema, table.Name);

    public string Count => $"SELECT COUNT(*) FROM {_table};";

    /// <summary>
    /// The next rows in the order of keys. The first part of a key is asked for by itself, so that the engine goes
    /// straight to where it stands in the index.
    /// </summary>
    public string ReadNext(int rows, bool isFirst) =>
        $"SELECT {All} FROM {_table}{(isFirst ? "" : $" WHERE {Behind(0)}")} "
        + $"ORDER BY {string.Join(", ", table.Key.Select(Name))} {sql.First(rows)};";

    /// <summary>The rows with any of so many keys, whose parts are numbered through.</summary>
    public string ReadAny(int keys) =>
        $"SELECT {All} FROM {_table} WHERE "
        + (
            table.Key is [var only]
                ? $"{Name(only)} IN ({string.Join(", ", Enumerable.Range(0, keys).Select(key => $"@k{key}"))});"
                : $"{string.Join(" OR ", Enumerable.Range(0, keys).Select(IsKeyNumber))};"
        );

    public string ReadOne => $"SELECT {All} FROM {_table} WHERE {IsKey};";

    public string Insert => Numbered($"INSERT INTO {_table} ({All}) VALUES ({Values});");

    /// <summary>An insert of a row that leaves it be while a row that it refers to is not there.</summary>
    public string InsertUnlessOrphan =>
        table.Parents.Count == 0
            ? Insert
            : Numbered(
                $"INSERT INTO {_table} ({All}) SELECT {Values} WHERE {string.Join(" AND ", table.Parents.Select(Has))};"
            );

    /// <summary>Changes a row, which answers how many there were; null when it is nothing but its key.</summary>
    public string? Update
    {
        get
        {
            var changed = Enumerable
                .Range(0, table.Columns.Count)
                .Where(column => !table.Key.Contains(column))
                .Select(column => $"{Name(column)} = @v{column}")
                .ToList();
            return changed.Count == 0
                ? null
                : $"UPDATE {_table} SET {string.Join(", ", changed)} WHERE {IsKey};";
        }
    }

    public string Delete => $"DELETE FROM {_table} WHERE {IsKey};";

    public string? ReadCounter =>
        table.Counted is { } column ? sql.ReadCounter(table.Schema, table.Name, column) : null;

    public string SetCounter(long last) => sql.SetCounter(table.Schema, table.Name, table.Counted!, last);

    private string All => string.Join(", ", table.Columns.Select(column => sql.Quote(column.Name)));

    private string Values => string.Join(", ", table.Columns.Select((_, index) => $"@v{index}"));

    private string IsKey => IsKeyNumber(0);

    private string IsKeyNumber(int key) =>
        $"({string.Join(" AND ", table.Key.Select((column, part) => $"{Name(column)} = @k{key * table.Key.Count + part}"))})";

    private string Name(int column) => sql.Quote(table.Columns[column].Name);

    private string Numbered(string insert) =>
        table.Counted is null ? insert : sql.Numbered(table.Schema, table.Name, insert);

    private string Behind(int part)
    {
        var column = Name(table.Key[part]);
        return part == table.Key.Count - 1
            ? $"{column} > @k{part}"
            : $"{column} >= @k{part} AND ({column} > @k{part} OR ({Behind(part + 1)}))";
    }

    private string Has(ParentTable parent)
    {
        var isThere = string.Join(
            " AND ",
            parent.Key.Select((key, index) => $"{sql.Quote(key)} = @v{parent.Columns[index]}")
        );
        var refersToNone = parent
            .Columns.Where(column => table.Columns[column].IsNullable)
            .Select(column => $"@v{column} IS NULL OR ");
        return $"({string.Concat(refersToNone)}EXISTS (SELECT 1 FROM {sql.Of(table.Schema, parent.Table)} WHERE {isThere}))";
    }
}
