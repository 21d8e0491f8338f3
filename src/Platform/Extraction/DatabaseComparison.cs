using Microsoft.EntityFrameworkCore;

namespace Platform.Extraction;

/// <summary>
/// Holds two databases of one schema against each other by what their rows mean, so that it does not matter how each
/// engine keeps them. Both are read a few rows at a time, and neither is locked: what changes meanwhile may differ.
/// </summary>
internal sealed class DatabaseComparison(DbContext source, DbContext target)
{
    private const int BatchRows = 2_000;

    /// <summary>How many shares of a table are looked through for keys, and how many keys are told.</summary>
    private const int MostShares = 8;
    private const int MostKeys = 5;

    /// <summary>Compares every table, and then the heads of streams.</summary>
    /// <param name="progress">Is told of the tables as they are read at the source.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="CopyRefusedException">The two do not have the same tables.</exception>
    public async Task<ComparisonResult> RunAsync(
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        await using var from = await DatabaseSession.OpenAsync(source, cancellationToken);
        await using var to = await DatabaseSession.OpenAsync(target, cancellationToken);
        var compared = new List<ComparedTable>();
        var pairs = TablePair.AllOf(from, to);
        foreach (var pair in pairs)
            compared.Add(await CompareAsync(pair, progress, cancellationToken));
        return new ComparisonResult(
            compared,
            await StreamHeads.CompareAsync(source, target, pairs, cancellationToken)
        );
    }

    private static async Task<ComparedTable> CompareAsync(
        TablePair pair,
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var inAll = progress is null ? 0 : await pair.Source.CountAsync(cancellationToken);
        var reading = DigestAsync(
            pair.Source,
            read => progress?.Report(new CopyProgress(pair.Name, read, inAll)),
            cancellationToken
        );
        var digests = await Task.WhenAll(reading, DigestAsync(pair.Target, _ => { }, cancellationToken));
        var (one, other) = (digests[0], digests[1]);
        return new ComparedTable(
            pair.Name,
            one.Rows,
            other.Rows,
            one.Checksum,
            other.Checksum,
            one.DifferingFrom(other) is { Count: > 0 } shares
                ? await KeysAsync(pair, [.. shares.Take(MostShares)], cancellationToken)
                : []
        );
    }

    private static async Task<TableDigest> DigestAsync(
        TableRows rows,
        Action<long> read,
        CancellationToken cancellationToken
    )
    {
        var digest = new TableDigest();
        await foreach (var batch in rows.BatchesAsync(BatchRows, cancellationToken))
        {
            foreach (var row in batch)
                digest.Add(RowDigest.Of(rows.Table, row));
            read(digest.Rows);
        }
        return digest;
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(
        TablePair pair,
        HashSet<int> shares,
        CancellationToken cancellationToken
    )
    {
        var sides = await Task.WhenAll(
            ByKeyAsync(pair.Source, shares, cancellationToken),
            ByKeyAsync(pair.Target, shares, cancellationToken)
        );
        return
        [
            .. sides[0]
                .Except(sides[1])
                .Concat(sides[1].Except(sides[0]))
                .Select(row => row.Key)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Take(MostKeys),
        ];
    }

    private static async Task<Dictionary<string, UInt128>> ByKeyAsync(
        TableRows rows,
        HashSet<int> shares,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, UInt128>(StringComparer.Ordinal);
        await foreach (var batch in rows.BatchesAsync(BatchRows, cancellationToken))
        foreach (var row in batch)
        {
            var digest = RowDigest.Of(rows.Table, row);
            if (shares.Contains(digest.Share))
                found[rows.Table.TextOf(rows.Table.KeyOf(row))] = digest.Value;
        }
        return found;
    }
}
