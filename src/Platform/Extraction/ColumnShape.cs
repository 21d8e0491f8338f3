using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Platform.Extraction;

/// <summary>
/// A column as Entity Framework's model of one engine has it: it turns what is stored there into a value that means
/// the same on every engine, and such a value into what is stored.
/// </summary>
internal abstract class ColumnShape(IColumn column)
{
    public string Name { get; } = column.Name;

    public bool IsNullable { get; } = column.IsNullable;

    public string StoreType { get; } = column.StoreType;

    /// <summary>Whether the engine draws a value from a counter where none is given.</summary>
    public virtual bool IsCounted => false;

    public static ColumnShape Of(IColumn column) =>
        column.PropertyMappings is [var mapping, ..]
            ? new ScalarColumn(mapping)
            : new JsonColumnShape(column);

    /// <summary>Whether the engine writes the column itself, with every change of the row.</summary>
    public static bool IsTheEngines(IColumn column) =>
        column.PropertyMappings.Any(mapping =>
            mapping.Property.ValueGenerated is ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdate
        ) || column.ComputedColumnSql is not null;

    /// <summary>The value of a row that has one here.</summary>
    public abstract object Read(DbDataReader row, int ordinal);

    /// <summary>A parameter of <paramref name="command"/> with the value as it is stored here; it is not added.</summary>
    public abstract DbParameter ParameterFor(DbCommand command, string name, object? value);

    /// <summary>The value in a form that can be compared: one that is kept in a form of its own, as that.</summary>
    public abstract object? Comparable(object? value);

    /// <summary>A value of a key as a text that is the same on every engine, and that <see cref="FromText"/> understands.</summary>
    public abstract string ToText(object value);

    public abstract object FromText(string text);

    /// <summary>A value of a key from the text that the engine itself makes of what it stores.</summary>
    public abstract object FromStored(string text);
}

/// <summary>A column that one property is kept in.</summary>
internal sealed class ScalarColumn : ColumnShape
{
    private readonly RelationalTypeMapping _mapping;
    private readonly IPropertyBase _property;
    private readonly Func<DbDataReader, int, object> _read;
    private readonly bool _isPlain;

    public ScalarColumn(IColumnMapping mapping)
        : base(mapping.Column)
    {
        _mapping = mapping.TypeMapping;
        _property = mapping.Property;
        _read = ReadingBy(_mapping);
        _isPlain = mapping.Property.GetElementType() is not null || PlainValues.Are(mapping.Property.ClrType);
        IsCounted =
            mapping.Property.ValueGenerated is ValueGenerated.OnAdd
            && (mapping.TypeMapping.Converter?.ProviderClrType ?? mapping.TypeMapping.ClrType) is { } stored
            && (stored == typeof(int) || stored == typeof(long) || stored == typeof(short));
    }

    public override bool IsCounted { get; }

    public override object Read(DbDataReader row, int ordinal) => _read(row, ordinal);

    public override DbParameter ParameterFor(DbCommand command, string name, object? value) =>
        _mapping.CreateParameter(command, name, value, IsNullable);

    public override object? Comparable(object? value) =>
        value is null || _isPlain ? value
        : _mapping.Converter is { } converter ? converter.ConvertToProvider(value)
        : throw new NotSupportedException(
            $"{Name}: values of {_property.ClrType} can be compared only where a converter keeps them as something plain."
        );

    public override string ToText(object value) => JsonSerializer.Serialize(value, _property.ClrType);

    public override object FromText(string text) => JsonSerializer.Deserialize(text, _property.ClrType)!;

    public override object FromStored(string text)
    {
        var type = _mapping.Converter?.ProviderClrType ?? _mapping.ClrType;
        object stored =
            type == typeof(string) ? text
            : type == typeof(Guid) ? Guid.Parse(text)
            : type == typeof(int) || type == typeof(long) || type == typeof(short)
                ? Convert.ChangeType(text, type, CultureInfo.InvariantCulture)
            : throw new NotSupportedException($"{Name}: a key of {type} is not captured.");
        return _mapping.Converter is { } converter ? converter.ConvertFromProvider(stored)! : stored;
    }

    /// <summary>As Entity Framework compiles it into its queries.</summary>
    private static Func<DbDataReader, int, object> ReadingBy(RelationalTypeMapping mapping)
    {
        var row = Expression.Parameter(typeof(DbDataReader), "row");
        var ordinal = Expression.Parameter(typeof(int), "ordinal");
        var method = mapping.GetDataReaderMethod();
        var value = mapping.CustomizeDataReaderExpression(
            Expression.Call(
                method.DeclaringType == typeof(DbDataReader)
                    ? row
                    : Expression.Convert(row, method.DeclaringType!),
                method,
                ordinal
            )
        );
        if (mapping.Converter is { } converter)
        {
            var stored = converter.ConvertFromProviderExpression.Parameters[0].Type;
            value = Expression.Invoke(
                converter.ConvertFromProviderExpression,
                value.Type == stored ? value : Expression.Convert(value, stored)
            );
        }
        return Expression
            .Lambda<Func<DbDataReader, int, object>>(Expression.Convert(value, typeof(object)), row, ordinal)
            .Compile();
    }
}

/// <summary>A column that a document is kept in, of values that the model knows.</summary>
internal sealed class JsonColumnShape : ColumnShape
{
    private readonly RelationalTypeMapping _mapping;
    private readonly JsonShape _document;

    public JsonColumnShape(IColumn column)
        : base(column)
    {
        _mapping = column.StoreTypeMapping;
        _document = JsonShape.Of(column);
    }

    public override object Read(DbDataReader row, int ordinal) => _document.Read(row.GetString(ordinal))!;

    public override DbParameter ParameterFor(DbCommand command, string name, object? value) =>
        _mapping.CreateParameter(command, name, value is null ? null : _document.Write(value), IsNullable);

    public override object? Comparable(object? value) => value;

    public override string ToText(object value) => throw NoKey();

    public override object FromText(string text) => throw NoKey();

    public override object FromStored(string text) => throw NoKey();

    private NotSupportedException NoKey() => new($"{Name}: a document is no key.");
}
