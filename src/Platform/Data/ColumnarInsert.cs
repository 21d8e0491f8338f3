using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Platform.Data;

/// <summary>
/// Inserts any number of rows into a table by one statement, which takes the columns as arrays and unnests them: the
/// same statement however many rows there are, so the server plans it once. What is stored in which column, and how,
/// is what Entity Framework's model says.
/// </summary>
internal sealed class ColumnarInsert
{
    private const string Annotation = "Monolith:ColumnarInsert";

    private readonly string _sql;
    private readonly IReadOnlyList<Column> _columns;

    private ColumnarInsert(InsertableTable rows)
    {
        _columns = [.. rows.Stored.Select(Column.Of)];
        var names = string.Join(", ", _columns.Select(column => Quote(column.Name)));
        var parameters = string.Join(", ", _columns.Select((_, index) => $"${index + 1}"));
        var insert =
            $"INSERT INTO {Quote(rows.Table.Schema!)}.{Quote(rows.Table.Name)} ({names}) SELECT {names} ";
        // In the order given where an outbox hands out its positions by it; elsewhere there is nothing to sort for.
        _sql =
            rows.Given.Count > 0
                ? $"{insert}FROM unnest({parameters}) WITH ORDINALITY AS added ({names}, \"#\") ORDER BY \"#\" "
                    + $"RETURNING {string.Join(", ", rows.Given.Select(Quote))}"
                : $"{insert}FROM unnest({parameters}) AS added ({names})";
    }

    /// <summary>The insert of a type; null when its table refers to others or is shared, which takes more than this.</summary>
    public static ColumnarInsert? Of(IEntityType type) =>
        type.GetOrAddRuntimeAnnotationValue(
            Annotation,
            static type => InsertableTable.Of(type!) is { } rows ? new ColumnarInsert(rows) : null,
            type
        );

    public NpgsqlBatchCommand CommandFor(IReadOnlyList<EntityEntry> rows)
    {
        var command = new NpgsqlBatchCommand(_sql);
        foreach (var column in _columns)
            command.Parameters.Add(column.ValuesOf(rows));
        return command;
    }

    private static string Quote(string name) => $"\"{name}\"";

    private abstract class Column(IColumnMapping mapping)
    {
        public string Name { get; } = mapping.Column.Name;

        public static Column Of(IColumnMapping mapping)
        {
            var stored = mapping.TypeMapping.Converter?.ProviderClrType ?? mapping.TypeMapping.ClrType;
            if (mapping.Column.IsNullable && stored.IsValueType)
                stored = typeof(Nullable<>).MakeGenericType(Nullable.GetUnderlyingType(stored) ?? stored);
            return (Column)Activator.CreateInstance(typeof(Column<>).MakeGenericType(stored), mapping)!;
        }

        public abstract DbParameter ValuesOf(IReadOnlyList<EntityEntry> rows);

        protected object? Read(EntityEntry row) => InsertableTable.Read(mapping, row);
    }

    private sealed class Column<TStored>(IColumnMapping mapping) : Column(mapping)
    {
        public override DbParameter ValuesOf(IReadOnlyList<EntityEntry> rows)
        {
            var values = new TStored[rows.Count];
            for (var index = 0; index < values.Length; index++)
                values[index] = (TStored)Read(rows[index])!;
            return new NpgsqlParameter<TStored[]> { TypedValue = values };
        }
    }
}
