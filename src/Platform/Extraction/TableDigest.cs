namespace Platform.Extraction;

/// <summary>
/// What tells a table's rows from others, whatever the order in which they are read: rows fall into shares by their
/// keys, and a share is the sum of the digests of its rows. Two engines order keys differently; their sums agree.
/// </summary>
internal sealed class TableDigest
{
    internal const int Shares = 1_024;

    private readonly UInt128[] _shares = new UInt128[Shares];

    public long Rows { get; private set; }

    /// <summary>One number for the whole table, in 32 digits.</summary>
    public string Checksum =>
        _shares.Aggregate(UInt128.Zero, (sum, share) => unchecked(sum + share)).ToString("x32", null);

    public void Add(RowDigest row)
    {
        Rows++;
        _shares[row.Share] = unchecked(_shares[row.Share] + row.Value);
    }

    /// <summary>The shares in which another table has other rows.</summary>
    public IReadOnlyList<int> DifferingFrom(TableDigest other) =>
        [.. Enumerable.Range(0, Shares).Where(share => _shares[share] != other._shares[share])];
}

/// <summary>What tells a row from others.</summary>
/// <param name="Share">The share of its table that it falls into by its key.</param>
/// <param name="Value">The digest of its values.</param>
internal sealed record RowDigest(int Share, UInt128 Value)
{
    public static RowDigest Of(TableShape table, object?[] row) =>
        new(
            (int)(
                PlainValues.DigestOf(
                    table.Key.Select(column => table.Columns[column].Comparable(row[column]))
                ) % TableDigest.Shares
            ),
            PlainValues.DigestOf(row.Select((value, column) => table.Columns[column].Comparable(value)))
        );
}
