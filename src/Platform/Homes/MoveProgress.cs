using System.Text.Json;

namespace Platform.Homes;

/// <summary>How far a module's data has come on its way to another database.</summary>
/// <param name="Step">What is being done: <c>copy</c>, <c>compare</c>, <c>catch up</c>, <c>hand over</c>, <c>open</c> or <c>done</c>.</param>
/// <param name="Table">The table that it is being done with; null when it is all of them.</param>
/// <param name="Done">How many of the table's rows it has been done with.</param>
/// <param name="InAll">How many rows the table had when that began.</param>
/// <param name="Left">How many changes are still to be caught up with.</param>
/// <param name="Comparison">What the last comparison found, table by table; empty before there was one.</param>
internal sealed record MoveProgress(
    string Step,
    string? Table,
    long Done,
    long InAll,
    long Left,
    IReadOnlyList<TableComparison> Comparison
)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Reads what a build wrote; null when it says nothing, or what this one does not understand.</summary>
    public static MoveProgress? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<MoveProgress>(text, Format);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As a document; without the comparison if that would be too long to keep.</summary>
    public string Write()
    {
        var text = JsonSerializer.Serialize(this, Format);
        return text.Length <= Home.LongestProgress
            ? text
            : JsonSerializer.Serialize(this with { Comparison = [] }, Format);
    }
}

/// <summary>One table at its source and at its target.</summary>
/// <param name="Table">The table.</param>
/// <param name="SourceRows">How many rows it has where it came from.</param>
/// <param name="TargetRows">How many it has where it went.</param>
/// <param name="IsEqual">Whether rows and checksums agree.</param>
internal sealed record TableComparison(string Table, long SourceRows, long TargetRows, bool IsEqual);
