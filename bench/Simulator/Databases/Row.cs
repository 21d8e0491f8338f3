using System.Globalization;

namespace Simulator.Databases;

/// <summary>One row, read by column name, alike whatever engine it came from.</summary>
internal sealed class Row(IReadOnlyDictionary<string, object?> columns)
{
    public string Text(string column) => TextOrNull(column) ?? throw Missing(column);

    public string? TextOrNull(string column) => Value(column) as string;

    public Guid Id(string column) => IdOrNull(column) ?? throw Missing(column);

    public Guid? IdOrNull(string column) =>
        Value(column) switch
        {
            null => null,
            Guid id => id,
            var text => Guid.Parse((string)text),
        };

    public long Number(string column) =>
        Convert.ToInt64(Value(column) ?? throw Missing(column), CultureInfo.InvariantCulture);

    public double Fraction(string column) =>
        Convert.ToDouble(Value(column) ?? throw Missing(column), CultureInfo.InvariantCulture);

    public bool Flag(string column) =>
        Value(column) switch
        {
            bool flag => flag,
            { } number => Convert.ToInt64(number, CultureInfo.InvariantCulture) != 0,
            null => throw Missing(column),
        };

    public bool Has(string column) => Value(column) is not null;

    /// <summary>Ticks where the engine has no instants.</summary>
    public DateTimeOffset Instant(string column) =>
        Value(column) switch
        {
            DateTime utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
            DateTimeOffset instant => instant,
            { } ticks => new DateTimeOffset(
                Convert.ToInt64(ticks, CultureInfo.InvariantCulture),
                TimeSpan.Zero
            ),
            null => throw Missing(column),
        };

    private object? Value(string column) =>
        columns.TryGetValue(column, out var value)
            ? value
            : throw new InvalidDataException(
                $"There is no column {column}; there are {string.Join(", ", columns.Keys)}."
            );

    private static InvalidDataException Missing(string column) => new($"The column {column} is null.");
}
