using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Data;

namespace Platform.Extraction;

/// <summary>A table as Entity Framework's model of one engine has it, without what the engine keeps there for itself.</summary>
internal sealed class TableShape
{
    private TableShape(ITable table)
    {
        Name = table.Name;
        Schema = table.Schema;
        // Two engines have them in different orders.
        Columns =
        [
            .. table
                .Columns.Where(column => !ColumnShape.IsTheEngines(column))
                .OrderBy(column => column.Name, StringComparer.Ordinal)
                .Select(ColumnShape.Of),
        ];
        var key =
            table.PrimaryKey
            ?? throw new NotSupportedException($"{Name}: a table without a key cannot be moved.");
        Key = [.. key.Columns.Select(column => IndexOf(column.Name))];
        Parents =
        [
            .. table
                .ForeignKeyConstraints.Where(reference => reference.PrincipalTable != table)
                .OrderBy(reference => reference.Name, StringComparer.Ordinal)
                .Select(reference => new ParentTable(
                    reference.PrincipalTable.Name,
                    [.. reference.Columns.Select(column => IndexOf(column.Name))],
                    [.. reference.PrincipalColumns.Select(column => column.Name)]
                )),
        ];
        Counted = Columns.FirstOrDefault(column => column.IsCounted)?.Name;
    }

    public string Name { get; }

    /// <summary>Null where the engine has none.</summary>
    public string? Schema { get; }

    public IReadOnlyList<ColumnShape> Columns { get; }

    /// <summary>Which of the columns make up the key, in its order.</summary>
    public IReadOnlyList<int> Key { get; }

    public IReadOnlyList<ParentTable> Parents { get; }

    /// <summary>The column that is numbered by the engine; null when none is.</summary>
    public string? Counted { get; }

    /// <summary>Every table of a context, those that others refer to before those others.</summary>
    public static IReadOnlyList<TableShape> AllOf(DbContext context)
    {
        var left = context
            .Model.GetRelationalModel()
            .Tables.Select(table => new TableShape(table))
            .OrderBy(table => table.Name, StringComparer.Ordinal)
            .ToList();
        var ordered = new List<TableShape>();
        while (left.Count > 0)
        {
            var next =
                left.Find(table =>
                    table.Parents.All(parent => left.TrueForAll(one => one.Name != parent.Table))
                )
                ?? throw new NotSupportedException(
                    $"{string.Join(", ", left.Select(table => table.Name))}: tables that refer to each other in a circle cannot be moved."
                );
            ordered.Add(next);
            left.Remove(next);
        }
        return ordered;
    }

    /// <summary>Those whose rows go along when a module moves, in the same order.</summary>
    public static IReadOnlyList<TableShape> MovedOf(DbContext context) =>
        [.. AllOf(context).Where(table => HomeTables.IsMoved(table.Name))];

    /// <summary>Those that are kept from whoever is not at home, in the same order.</summary>
    public static IReadOnlyList<TableShape> FencedOf(DbContext context) =>
        [.. AllOf(context).Where(table => HomeTables.IsFenced(table.Name))];

    /// <summary>The key of a row.</summary>
    public object[] KeyOf(object?[] row) => [.. Key.Select(column => row[column]!)];

    /// <summary>A key as a text, to be kept and shown.</summary>
    public string TextOf(object[] key) =>
        string.Join('\n', Key.Select((column, index) => Columns[column].ToText(key[index])));

    public object[] KeyFrom(string text) =>
        [.. text.Split('\n').Select((part, index) => Columns[Key[index]].FromText(part))];

    private int IndexOf(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index].Name == column)
                return index;
        }
        throw new NotSupportedException($"{Name}.{column}: the engine's own column refers to another table.");
    }
}

/// <summary>A table that rows refer to: by which of their columns, and to which of its.</summary>
internal sealed record ParentTable(string Table, IReadOnlyList<int> Columns, IReadOnlyList<string> Key);
