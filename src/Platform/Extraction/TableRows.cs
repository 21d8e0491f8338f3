using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Platform.Extraction;

/// <summary>
/// The rows of one table in one database, read and written as values that mean the same on every engine: a row is its
/// values in the order of the table's columns. It goes by the context's connection and by its transaction, if any.
/// </summary>
internal sealed class TableRows(DatabaseSession session, TableShape table)
{
    /// <summary>SQL Server takes some two thousand parameters.</summary>
    private const int KeysAtATime = 400;

    private readonly TableStatements _statements = new(table, session.Sql);

    public TableShape Table { get; } = table;

    /// <summary>How many rows there are to be moved.</summary>
    public static async Task<long> CountAllAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        var count = 0L;
        foreach (var table in TableShape.MovedOf(context))
            count += await new TableRows(session, table).CountAsync(cancellationToken);
        return count;
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        await session.ScalarAsync(_statements.Count, cancellationToken);

    /// <summary>The next rows in the order in which this engine has keys.</summary>
    /// <param name="after">The key of the last that was read; null to begin with the first.</param>
    /// <param name="most">How many at most; fewer mean that there are no more.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<object?[]>> ReadNextAsync(
        object[]? after,
        int most,
        CancellationToken cancellationToken
    )
    {
        await using var command = session.Command(_statements.ReadNext(most, after is null));
        AddKey(command, command.Parameters, after ?? []);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>All rows, so many at a time; the last of the lists may be empty.</summary>
    public async IAsyncEnumerable<IReadOnlyList<object?[]>> BatchesAsync(
        int most,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        object[]? after = null;
        while (true)
        {
            var batch = await ReadNextAsync(after, most, cancellationToken);
            yield return batch;
            if (batch.Count < most)
                yield break;
            after = Table.KeyOf(batch[^1]);
        }
    }

    /// <summary>The rows with any of these keys, in no order.</summary>
    public async Task<IReadOnlyList<object?[]>> FindAllAsync(
        IReadOnlyList<object[]> keys,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<object?[]>();
        foreach (var some in keys.Chunk(KeysAtATime))
        {
            await using var command = session.Command(_statements.ReadAny(some.Length));
            AddKey(command, command.Parameters, [.. some.SelectMany(key => key)]);
            rows.AddRange(await ReadAsync(command, cancellationToken));
        }
        return rows;
    }

    /// <summary>The row with a key; null when there is none.</summary>
    public async Task<object?[]?> FindAsync(object[] key, CancellationToken cancellationToken)
    {
        await using var command = session.Command(_statements.ReadOne);
        AddKey(command, command.Parameters, key);
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Inserts rows whose keys are not there.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="leaveOrphans">Whether a row that refers to one that is not there is passed over.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task InsertAsync(
        IReadOnlyList<object?[]> rows,
        bool leaveOrphans,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAllAsync(
            leaveOrphans ? _statements.InsertUnlessOrphan : _statements.Insert,
            rows,
            AddValues,
            cancellationToken
        );

    /// <summary>Makes a row what it is to be, whether there was one with its key or not.</summary>
    public async Task PutAsync(object?[] row, CancellationToken cancellationToken)
    {
        if (_statements.Update is { } update)
        {
            await using var command = session.Command(update);
            AddValues(command, command.Parameters, row, Table.Key.Contains);
            AddKey(command, command.Parameters, Table.KeyOf(row));
            if (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
                return;
        }
        else if (await FindAsync(Table.KeyOf(row), cancellationToken) is not null)
        {
            return;
        }
        await InsertAsync([row], leaveOrphans: false, cancellationToken);
    }

    public Task DeleteAsync(IReadOnlyList<object[]> keys, CancellationToken cancellationToken) =>
        session.ExecuteAllAsync(_statements.Delete, keys, AddKey, cancellationToken);

    /// <summary>The highest number that the engine has given to a row; null where it numbers none.</summary>
    public async Task<long?> CounterAsync(CancellationToken cancellationToken) =>
        _statements.ReadCounter is { } read ? await session.ScalarAsync(read, cancellationToken) : null;

    /// <summary>Has the engine go on numbering behind a number.</summary>
    public async Task SetCounterAsync(long last, CancellationToken cancellationToken)
    {
        await using var command = session.Command(_statements.SetCounter(last));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<object?[]>> ReadAsync(
        DbCommand command,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<object?[]>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[Table.Columns.Count];
            for (var column = 0; column < row.Length; column++)
            {
                if (!reader.IsDBNull(column))
                    row[column] = Table.Columns[column].Read(reader, column);
            }
            rows.Add(row);
        }
        return rows;
    }

    private void AddValues(DbCommand maker, DbParameterCollection to, object?[] row) =>
        AddValues(maker, to, row, _ => false);

    private void AddValues(
        DbCommand maker,
        DbParameterCollection to,
        object?[] row,
        Func<int, bool> isLeftOut
    )
    {
        for (var column = 0; column < row.Length; column++)
        {
            if (!isLeftOut(column))
                to.Add(Table.Columns[column].ParameterFor(maker, Numbered("@v", column), row[column]));
        }
    }

    private void AddKey(DbCommand maker, DbParameterCollection to, object[] key)
    {
        for (var part = 0; part < key.Length; part++)
        {
            var column = Table.Columns[Table.Key[part % Table.Key.Count]];
            to.Add(column.ParameterFor(maker, Numbered("@k", part), key[part]));
        }
    }

    private static string Numbered(string name, int number) =>
        name + number.ToString(CultureInfo.InvariantCulture);
}
