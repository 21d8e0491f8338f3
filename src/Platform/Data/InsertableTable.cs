using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Platform.Data;

/// <summary>A table that rows of one type are inserted into: what is stored in which column, and how, is the model's.</summary>
/// <param name="Table">The table.</param>
/// <param name="Stored">The columns whose values come with a row.</param>
/// <param name="Given">The columns that the database gives a value when a row is added, and that are wanted back.</param>
internal sealed record InsertableTable(
    ITable Table,
    IReadOnlyList<IColumnMapping> Stored,
    IReadOnlyList<string> Given
)
{
    /// <summary>The table of a type; null when it refers to others or is shared, which takes more than one statement.</summary>
    public static InsertableTable? Of(IEntityType type)
    {
        if (
            type.GetTableMappings().ToList() is not [{ Table: var table }]
            || table.EntityTypeMappings.Skip(1).Any()
            || table.ForeignKeyConstraints.Any()
        )
        {
            return null;
        }
        var mappings = table.Columns.ToLookup(
            column => column.PropertyMappings.Single().Property.ValueGenerated,
            column => column.PropertyMappings.Single()
        );
        return new InsertableTable(
            table,
            [.. mappings[ValueGenerated.Never]],
            [.. mappings[ValueGenerated.OnAdd].Select(given => given.Column.Name)]
        );
    }

    /// <summary>What a row has for a column, as it is stored.</summary>
    public static object? Read(IColumnMapping mapping, EntityEntry row)
    {
        var property = mapping.Property;
        var value = property.IsShadowProperty()
            ? row.CurrentValues[property]
            : property.GetGetter().GetClrValueUsingContainingEntity(row.Entity);
        return value is null || mapping.TypeMapping.Converter?.ConvertToProvider is not { } convert
            ? value
            : convert(value);
    }
}
