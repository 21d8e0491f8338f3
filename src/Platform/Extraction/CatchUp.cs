using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Platform.Data;

namespace Platform.Extraction;

/// <summary>
/// Brings a copy to where its source has come to, by what was captured: each row that was changed is read again, and is
/// then the same at the target, or gone there. What was taken up is removed by its number, one by one, so that a change
/// with a lower number that is committed later is not passed over; and what is taken up twice does no harm.
/// </summary>
/// <param name="source">Where changes are captured.</param>
/// <param name="target">Its copy.</param>
/// <param name="comparison">Is told of every row that is brought up to date; null when nobody compares.</param>
internal sealed class CatchUp(DbContext source, DbContext target, LiveComparison? comparison = null)
{
    /// <summary>Takes up captured changes, the oldest first.</summary>
    /// <param name="most">How many of them.</param>
    /// <param name="cancellationToken">Stops; what was taken up already is.</param>
    /// <returns>How many are left.</returns>
    public async Task<long> RunAsync(int most, CancellationToken cancellationToken)
    {
        await using var from = await DatabaseSession.OpenAsync(source, cancellationToken);
        await using var to = await DatabaseSession.OpenAsync(target, cancellationToken);
        var tables = TablePair.MovedOf(from, to);
        var changes = await TakeAsync(from, tables, most, cancellationToken);
        try
        {
            await ApplyAsync(to, tables, changes, cancellationToken);
        }
        catch (DbException clash) when (!from.Engine.IsUnreachable(clash) && !to.Engine.IsUnreachable(clash))
        {
            // Some of them rest upon others that were left for later; all of them together do not.
            changes = await TakeAsync(from, tables, int.MaxValue, cancellationToken);
            await ApplyAsync(to, tables, changes, cancellationToken);
        }
        foreach (var change in changes)
        {
            if (HomeTables.IsFenced(change.Table.Name))
                comparison?.Note(change.Table.Name, change.Table.Source.Table.TextOf(change.Key));
        }
        var noted = from.Sql.Of(from.Schema, Capture.Name);
        await using (var transaction = await from.BeginAsync(cancellationToken))
        {
            foreach (var numbers in changes.SelectMany(change => change.Numbers).Chunk(500))
            {
                await from.ExecuteAsync(
                    $"DELETE FROM {noted} WHERE number IN ({string.Join(", ", numbers)});",
                    cancellationToken
                );
            }
            await transaction.CommitAsync(cancellationToken);
        }
        return await from.ScalarAsync($"SELECT COUNT(*) FROM {noted};", cancellationToken);
    }

    /// <summary>The counters follow once nobody writes to the source any more.</summary>
    public async Task AlignCountersAsync(CancellationToken cancellationToken)
    {
        await using var from = await DatabaseSession.OpenAsync(source, cancellationToken);
        await using var to = await DatabaseSession.OpenAsync(target, cancellationToken);
        foreach (var table in TablePair.MovedOf(from, to))
            await table.AlignCounterAsync(cancellationToken);
    }

    /// <summary>What was captured, with each row as it is by now, all as of one moment where the engine can tell.</summary>
    private static async Task<IReadOnlyList<ChangedRow>> TakeAsync(
        DatabaseSession from,
        IReadOnlyList<TablePair> tables,
        int most,
        CancellationToken cancellationToken
    )
    {
        var byName = tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        await using var moment = await from.Context.Database.BeginTransactionAsync(
            from.Engine.ReadingLevel,
            cancellationToken
        );
        var noted = await from.QueryAsync(
            $"SELECT number, table_name, row_key FROM {from.Sql.Of(from.Schema, Capture.Name)} ORDER BY number {from.Sql.First(most)};",
            row => (Number: row.GetInt64(0), Table: row.GetString(1), Key: row.GetString(2)),
            cancellationToken
        );
        var changes = new List<ChangedRow>();
        foreach (var row in noted.GroupBy(change => (change.Table, change.Key)))
        {
            var table = byName[row.Key.Table];
            var key = Capture.KeyFrom(table.Source.Table, row.Key.Key);
            changes.Add(
                new ChangedRow(
                    table,
                    key,
                    await table.Source.FindAsync(key, cancellationToken),
                    [.. row.Select(change => change.Number)]
                )
            );
        }
        return changes;
    }

    /// <summary>
    /// Those that are gone go first, and leave to others what may be there once. Those that are there come in the order
    /// in which they were first changed: who has such a value now got it after another let it go.
    /// </summary>
    private static async Task ApplyAsync(
        DatabaseSession to,
        IReadOnlyList<TablePair> tables,
        IReadOnlyList<ChangedRow> changes,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await to.BeginAsync(cancellationToken);
        foreach (var table in tables.Reverse())
        {
            await table.Target.DeleteAsync(
                [
                    .. changes
                        .Where(change => change.Table == table && change.Now is null)
                        .Select(change => change.Key),
                ],
                cancellationToken
            );
        }
        foreach (var table in tables)
        foreach (var change in changes.Where(change => change.Table == table))
        {
            if (change.Now is { } row)
                await table.Target.PutAsync(row, cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A row that was changed.</summary>
    /// <param name="Table">Its table.</param>
    /// <param name="Key">Its key.</param>
    /// <param name="Now">The row as it is; null when it is gone.</param>
    /// <param name="Numbers">The numbers under which that was captured.</param>
    private sealed record ChangedRow(
        TablePair Table,
        object[] Key,
        object?[]? Now,
        IReadOnlyList<long> Numbers
    );
}
