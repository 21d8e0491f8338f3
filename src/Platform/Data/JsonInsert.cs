using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Platform.Data;

/// <summary>
/// Inserts any number of rows into a table of SQL Server by one statement, which takes them as one text of JSON: the
/// same statement however many rows there are, so the server plans it once.
/// </summary>
internal sealed class JsonInsert
{
    private const string Annotation = "Monolith:JsonInsert";

    private readonly string _schema;
    private readonly InsertableTable _rows;

    private JsonInsert(InsertableTable rows) => (_rows, _schema) = (rows, rows.Table.Schema!);

    /// <summary>The insert of a type; null when its table refers to others or is shared, which takes more than this.</summary>
    public static JsonInsert? Of(IEntityType type) =>
        type.GetOrAddRuntimeAnnotationValue(
            Annotation,
            static type => InsertableTable.Of(type!) is { } rows ? new JsonInsert(rows) : null,
            type
        );

    /// <summary>
    /// The statement, which takes the rows in <paramref name="parameter"/>. They are numbered, since an outbox hands out
    /// its positions in the order that is asked for.
    /// </summary>
    public string SqlFrom(string parameter)
    {
        var names = string.Join(", ", _rows.Stored.Select(mapping => Quote(mapping.Column.Name)));
        var columns = string.Join(
            ", ",
            _rows.Stored.Select(
                (mapping, index) =>
                    $"{Quote(mapping.Column.Name)} {mapping.Column.StoreType} '$[{index + 1}]'"
            )
        );
        var insert =
            $"INSERT INTO {Quote(_schema)}.{Quote(_rows.Table.Name)} ({names}) {{0}}SELECT {names} "
            + $"FROM OPENJSON({parameter}) WITH ([#] int '$[0]', {columns}) ORDER BY [#];";
        return _rows.Given.Count == 0
            ? insert.Replace("{0}", "", StringComparison.Ordinal)
            : Telling(insert, parameter);
    }

    /// <summary>A table that has a trigger answers by way of another table only.</summary>
    private string Telling(string insert, string parameter)
    {
        var given = string.Join(", ", _rows.Given.Select(Quote));
        var told = $"@given_{parameter.TrimStart('@')}";
        var types = string.Join(
            ", ",
            _rows.Given.Select(name =>
                $"{Quote(name)} {_rows.Table.Columns.Single(column => column.Name == name).StoreType}"
            )
        );
        var output =
            $"OUTPUT {string.Join(", ", _rows.Given.Select(name => $"inserted.{Quote(name)}"))} INTO {told} ({given}) ";
        return $"DECLARE {told} TABLE ({types}); {insert.Replace("{0}", output, StringComparison.Ordinal)} SELECT {given} FROM {told};";
    }

    /// <summary>The rows as the statement takes them: an array of a number and the columns' values for each.</summary>
    public string ValuesOf(IReadOnlyList<EntityEntry> rows)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            for (var index = 0; index < rows.Count; index++)
            {
                json.WriteStartArray();
                json.WriteNumberValue(index);
                foreach (var mapping in _rows.Stored)
                {
                    var value = InsertableTable.Read(mapping, rows[index]);
                    JsonSerializer.Serialize(json, value, value?.GetType() ?? typeof(object));
                }
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static string Quote(string name) => $"[{name}]";
}
