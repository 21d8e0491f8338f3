using Platform.Data;

namespace Platform.Extraction;

/// <summary>A table at its source and at its target, with the same columns on both.</summary>
internal sealed record TablePair(TableRows Source, TableRows Target)
{
    public string Name => Source.Table.Name;

    /// <summary>Every table of two databases of the same schema, those that others refer to before those others.</summary>
    /// <exception cref="CopyRefusedException">The two do not have the same tables and columns.</exception>
    public static IReadOnlyList<TablePair> AllOf(DatabaseSession source, DatabaseSession target)
    {
        var (sources, targets) = (TableShape.AllOf(source.Context), TableShape.AllOf(target.Context));
        if (!Names(sources).SequenceEqual(Names(targets), StringComparer.Ordinal))
            throw new CopyRefusedException(
                $"The source has the tables {string.Join(", ", Names(sources))} and the target {string.Join(", ", Names(targets))}: "
                    + "they are not the same schema."
            );
        return
        [
            .. sources.Zip(
                targets,
                (one, other) =>
                    Columns(one).SequenceEqual(Columns(other), StringComparer.Ordinal)
                        ? new TablePair(new TableRows(source, one), new TableRows(target, other))
                        : throw new CopyRefusedException(
                            $"{one.Name}: the source has the columns {string.Join(", ", Columns(one))} and the target {string.Join(", ", Columns(other))}."
                        )
            ),
        ];
    }

    /// <summary>Those whose rows go along when a module moves.</summary>
    public static IReadOnlyList<TablePair> MovedOf(DatabaseSession source, DatabaseSession target) =>
        [.. AllOf(source, target).Where(pair => HomeTables.IsMoved(pair.Name))];

    /// <summary>Those that nobody writes to any more once the source's fence is up.</summary>
    public static IReadOnlyList<TablePair> FencedOf(DatabaseSession source, DatabaseSession target) =>
        [.. AllOf(source, target).Where(pair => HomeTables.IsFenced(pair.Name))];

    /// <summary>
    /// Has the target go on numbering behind whatever the source has given out, also to rows that are gone since: a
    /// follower may have seen them.
    /// </summary>
    public async Task AlignCounterAsync(CancellationToken cancellationToken)
    {
        if (await Source.CounterAsync(cancellationToken) is not { } given || given < 1)
            return;
        if (await Target.CounterAsync(cancellationToken) is not { } there || there < given)
            await Target.SetCounterAsync(given, cancellationToken);
    }

    private static IEnumerable<string> Names(IEnumerable<TableShape> tables) =>
        tables.Select(table => table.Name);

    private static IEnumerable<string> Columns(TableShape table) =>
        table.Columns.Select(column => column.Name);
}
