using Microsoft.EntityFrameworkCore;

namespace Platform.Extraction;

/// <summary>
/// Compares a source that is written to with its copy, so that little is left to compare once nobody writes any more.
/// While changes are captured, every row of the source is looked up at the target; what differs then, and what is
/// caught up with later, is looked at again in the end. Rows that only the target has show in the counts.
/// </summary>
internal sealed class LiveComparison(DbContext source, DbContext target)
{
    private const int BatchRows = 1_000;
    private const int MostKeys = 5;

    private readonly Dictionary<string, HashSet<string>> _open = new(StringComparer.Ordinal);

    /// <summary>How many rows are to be looked at again.</summary>
    public int Open => _open.Values.Sum(keys => keys.Count);

    /// <summary>Has a row looked at again: it was changed since the rows were read through.</summary>
    public void Note(string table, string key)
    {
        if (!_open.TryGetValue(table, out var keys))
            _open[table] = keys = new HashSet<string>(StringComparer.Ordinal);
        keys.Add(key);
    }

    /// <summary>Reads all rows of the source, and looks each up at the target.</summary>
    public async Task ReadThroughAsync(IProgress<CopyProgress>? progress, CancellationToken cancellationToken)
    {
        await using var from = await DatabaseSession.OpenAsync(source, cancellationToken);
        await using var to = await DatabaseSession.OpenAsync(target, cancellationToken);
        foreach (var pair in TablePair.FencedOf(from, to))
        {
            var (read, inAll) = (0L, await pair.Source.CountAsync(cancellationToken));
            await foreach (var batch in pair.Source.BatchesAsync(BatchRows, cancellationToken))
            {
                var there = Digests(
                    pair.Target.Table,
                    await pair.Target.FindAllAsync(
                        [.. batch.Select(pair.Source.Table.KeyOf)],
                        cancellationToken
                    )
                );
                foreach (var (key, digest) in Digests(pair.Source.Table, batch))
                {
                    if (there.GetValueOrDefault(key) != digest)
                        Note(pair.Name, key);
                }
                read += batch.Count;
                progress?.Report(new CopyProgress(pair.Name, read, inAll));
            }
        }
    }

    /// <summary>
    /// Looks at the open rows once more, counts all, and compares the heads of streams. Nobody writes to the source any
    /// more, and all that was captured is caught up with. The checksums are of the rows that were open.
    /// </summary>
    public async Task<ComparisonResult> FinishAsync(CancellationToken cancellationToken)
    {
        await using var from = await DatabaseSession.OpenAsync(source, cancellationToken);
        await using var to = await DatabaseSession.OpenAsync(target, cancellationToken);
        var pairs = TablePair.FencedOf(from, to);
        var tables = new List<ComparedTable>();
        foreach (var pair in pairs)
            tables.Add(await FinishAsync(pair, cancellationToken));
        return new ComparisonResult(
            tables,
            await StreamHeads.CompareAsync(source, target, pairs, cancellationToken)
        );
    }

    private async Task<ComparedTable> FinishAsync(TablePair pair, CancellationToken cancellationToken)
    {
        var keys = (_open.GetValueOrDefault(pair.Name) ?? []).Select(pair.Source.Table.KeyFrom).ToList();
        var one = await pair.Source.FindAllAsync(keys, cancellationToken);
        var other = await pair.Target.FindAllAsync(keys, cancellationToken);
        var (here, there) = (Digests(pair.Source.Table, one), Digests(pair.Target.Table, other));
        return new ComparedTable(
            pair.Name,
            await pair.Source.CountAsync(cancellationToken),
            await pair.Target.CountAsync(cancellationToken),
            ChecksumOf(here),
            ChecksumOf(there),
            [
                .. here.Except(there)
                    .Concat(there.Except(here))
                    .Select(row => row.Key)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
                    .Take(MostKeys),
            ]
        );
    }

    private static Dictionary<string, UInt128> Digests(TableShape table, IEnumerable<object?[]> rows) =>
        rows.ToDictionary(
            row => table.TextOf(table.KeyOf(row)),
            row => RowDigest.Of(table, row).Value,
            StringComparer.Ordinal
        );

    private static string ChecksumOf(Dictionary<string, UInt128> rows) =>
        rows.Values.Aggregate(UInt128.Zero, (sum, row) => unchecked(sum + row)).ToString("x32", null);
}
