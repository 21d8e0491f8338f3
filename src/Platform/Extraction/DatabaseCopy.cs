using Microsoft.EntityFrameworkCore;

namespace Platform.Extraction;

/// <summary>
/// Copies every table of a schema from one database to another of any engine, in the order of keys and a few rows at a
/// time. What was copied is noted with it, so that whoever is killed can be followed by another who goes on.
/// </summary>
internal sealed class DatabaseCopy(
    DbContext source,
    DbContext target,
    CopyOptions options,
    TimeProvider clock
)
{
    /// <summary>Copies what is not copied yet, and has the target go on numbering where the source has come to.</summary>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="CopyRefusedException">The two do not have the same tables, or the target has rows of its own.</exception>
    public async Task RunAsync(IProgress<CopyProgress>? progress, CancellationToken cancellationToken)
    {
        // Looked at first: to open a file that is not there would make it.
        await SchemaVersions.RefuseUnlessEqualAsync(source, target, cancellationToken);
        await using var from = await DatabaseSession.OpenAsync(source, cancellationToken);
        await using var to = await DatabaseSession.OpenAsync(target, cancellationToken);
        var tables = options.WhileWritten ? TablePair.MovedOf(from, to) : TablePair.AllOf(from, to);
        var ledger = new CopyLedger(to);
        if (!await ledger.ExistsAsync(cancellationToken))
        {
            await RefuseUnlessEmptyAsync(tables, cancellationToken);
            await ledger.CreateAsync(cancellationToken);
        }
        foreach (var table in tables)
            await CopyAsync(table, to, ledger, progress, cancellationToken);
        foreach (var table in tables)
            await table.AlignCounterAsync(cancellationToken);
    }

    /// <summary>Whether a copy to a target has been begun, and not forgotten.</summary>
    public static async Task<bool> IsBegunAsync(DbContext target, CancellationToken cancellationToken)
    {
        await using var to = await DatabaseSession.OpenAsync(target, cancellationToken);
        return await new CopyLedger(to).ExistsAsync(cancellationToken);
    }

    /// <summary>Forgets where a copy had come to; the target is nobody's copy any more.</summary>
    public static async Task ForgetAsync(DbContext target, CancellationToken cancellationToken)
    {
        await using var to = await DatabaseSession.OpenAsync(target, cancellationToken);
        await new CopyLedger(to).DropAsync(cancellationToken);
    }

    private static async Task RefuseUnlessEmptyAsync(
        IReadOnlyList<TablePair> tables,
        CancellationToken cancellationToken
    )
    {
        foreach (var table in tables)
        {
            if ((await table.Target.ReadNextAsync(null, 1, cancellationToken)).Count > 0)
                throw new CopyRefusedException(
                    $"{table.Name}: the target has rows of its own; name a database where this schema is migrated and empty."
                );
        }
    }

    private async Task CopyAsync(
        TablePair table,
        DatabaseSession to,
        CopyLedger ledger,
        IProgress<CopyProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var step = await ledger.ReadAsync(table.Name, cancellationToken);
        var inAll = await table.Source.CountAsync(cancellationToken);
        var (begun, before) = (clock.GetTimestamp(), step.Done);
        while (!step.IsWhole)
        {
            progress?.Report(new CopyProgress(table.Name, step.Done, inAll));
            step = await CopyNextAsync(table, step, to, ledger, cancellationToken);
            await RestAsync(step.Done - before, clock.GetElapsedTime(begun), cancellationToken);
        }
        progress?.Report(new CopyProgress(table.Name, step.Done, inAll));
    }

    private async Task<CopyStep> CopyNextAsync(
        TablePair table,
        CopyStep step,
        DatabaseSession to,
        CopyLedger ledger,
        CancellationToken cancellationToken
    )
    {
        var shape = table.Source.Table;
        var after = step.LastKey is { } key ? shape.KeyFrom(key) : null;
        var rows = await table.Source.ReadNextAsync(after, options.BatchRows, cancellationToken);
        var next = new CopyStep(
            step.Done + rows.Count,
            rows is [.., var last] ? shape.TextOf(shape.KeyOf(last)) : step.LastKey,
            rows.Count < options.BatchRows
        );
        await using var transaction = await to.BeginAsync(cancellationToken);
        await ledger.AdvanceAsync(table.Name, step, next, cancellationToken);
        await table.Target.InsertAsync(rows, options.WhileWritten, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return next;
    }

    /// <summary>Waits for as long as that many rows should have taken.</summary>
    private async Task RestAsync(long rows, TimeSpan taken, CancellationToken cancellationToken)
    {
        if (options.RowsPerSecond is not { } most)
            return;
        var due = TimeSpan.FromSeconds((double)rows / most) - taken;
        if (due > TimeSpan.Zero)
            await Task.Delay(due, clock, cancellationToken);
    }
}
