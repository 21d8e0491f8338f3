namespace Platform.Extraction;

/// <summary>What came of holding two databases of one schema against each other.</summary>
/// <param name="Tables">Every table.</param>
/// <param name="Heads">How far its stream has come on both sides, and its cursors in the streams of others.</param>
internal sealed record ComparisonResult(
    IReadOnlyList<ComparedTable> Tables,
    IReadOnlyList<ComparedHead> Heads
)
{
    public bool IsEqual => Tables.All(table => table.IsEqual) && Heads.All(head => head.IsEqual);

    /// <summary>What differs, in one sentence; null when nothing does.</summary>
    public string? Difference =>
        IsEqual
            ? null
            : string.Join(
                "; ",
                Tables
                    .Where(table => !table.IsEqual)
                    .Select(table => table.Difference)
                    .Concat(Heads.Where(head => !head.IsEqual).Select(head => head.Difference))
            );
}

/// <summary>One table on both sides.</summary>
/// <param name="Table">Its name.</param>
/// <param name="SourceRows">How many rows the source has.</param>
/// <param name="TargetRows">How many rows the target has.</param>
/// <param name="SourceChecksum">What tells the source's rows from others.</param>
/// <param name="TargetChecksum">The same of the target.</param>
/// <param name="DifferingKeys">The keys of some rows that are not the same on both sides, or on one side only.</param>
internal sealed record ComparedTable(
    string Table,
    long SourceRows,
    long TargetRows,
    string SourceChecksum,
    string TargetChecksum,
    IReadOnlyList<string> DifferingKeys
)
{
    public bool IsEqual =>
        SourceRows == TargetRows && string.Equals(SourceChecksum, TargetChecksum, StringComparison.Ordinal);

    public string Difference =>
        FormattableString.Invariant(
            $"{Table} has {SourceRows} rows at the source and {TargetRows} at the target"
        )
        + (
            DifferingKeys.Count > 0
                ? $", and they differ at {string.Join(", ", DifferingKeys.Select(key => key.Replace('\n', ' ')))}"
                : ""
        );
}

/// <summary>A position on both sides.</summary>
/// <param name="Name"><c>outbox</c>, <c>outbox counter</c>, or <c>cursor</c> and the stream's name.</param>
/// <param name="Source">Where it is at the source.</param>
/// <param name="Target">Where it is at the target.</param>
internal sealed record ComparedHead(string Name, long Source, long Target)
{
    /// <summary>A counter may be ahead; what follows it may see no position twice.</summary>
    public bool IsEqual => Name == StreamHeads.Counter ? Source <= Target : Source == Target;

    public string Difference =>
        FormattableString.Invariant($"{Name} is at {Source} at the source and at {Target} at the target");
}
