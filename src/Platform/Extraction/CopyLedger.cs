namespace Platform.Extraction;

/// <summary>
/// Where a copy has come to, kept in the target in the transaction that writes the rows: whoever goes on with it begins
/// behind the last row that is there. The table is there only while a move is on.
/// </summary>
internal sealed class CopyLedger(DatabaseSession target)
{
    internal const string Name = "copy_progress";

    private string Table => target.Sql.Of(target.Schema, Name);

    public async Task<bool> ExistsAsync(CancellationToken cancellationToken) =>
        await target.ScalarAsync(target.Sql.HasTable(target.Schema, Name), cancellationToken) == 1;

    public Task CreateAsync(CancellationToken cancellationToken) =>
        target.ExecuteAsync(CreateStatement(target.Sql, target.Schema), cancellationToken);

    public Task DropAsync(CancellationToken cancellationToken) =>
        target.ExecuteAsync(target.Sql.DropTable(target.Schema, Name), cancellationToken);

    public async Task<CopyStep> ReadAsync(string table, CancellationToken cancellationToken)
    {
        var steps = await target.QueryAsync(
            $"SELECT done, last_key, is_whole FROM {Table} WHERE table_name = @a0;",
            row => new CopyStep(
                row.GetInt64(0),
                row.IsDBNull(1) ? null : row.GetString(1),
                row.GetInt32(2) == 1
            ),
            cancellationToken,
            table
        );
        if (steps is [var step])
            return step;
        await target.ExecuteAsync(
            $"INSERT INTO {Table} (table_name, done, is_whole) VALUES (@a0, 0, 0);",
            cancellationToken,
            table
        );
        return new CopyStep(0, null, false);
    }

    /// <summary>Notes a step, in the transaction that takes it.</summary>
    /// <exception cref="CopyRefusedException">Somebody else has taken one meanwhile.</exception>
    public async Task AdvanceAsync(
        string table,
        CopyStep from,
        CopyStep to,
        CancellationToken cancellationToken
    )
    {
        var noted = await target.ExecuteAsync(
            $"UPDATE {Table} SET done = @a0, last_key = @a1, is_whole = @a2 "
                + "WHERE table_name = @a3 AND done = @a4 AND is_whole = 0;",
            cancellationToken,
            to.Done,
            to.LastKey,
            to.IsWhole ? 1 : 0,
            table,
            from.Done
        );
        if (noted != 1)
            throw new CopyRefusedException(
                $"{table}: somebody else is copying it to the same database; let them, or stop them first."
            );
    }

    /// <summary>What makes the table.</summary>
    internal static string CreateStatement(Data.IExtractionSql sql, string? schema) =>
        sql.CreateTable(
            schema,
            Name,
            $"table_name {sql.Name} NOT NULL PRIMARY KEY, done bigint NOT NULL, last_key {sql.Text} NULL, is_whole int NOT NULL"
        );
}

/// <summary>Where the copy of one table has come to.</summary>
/// <param name="Done">How many rows are copied.</param>
/// <param name="LastKey">The key of the last, as a text.</param>
/// <param name="IsWhole">Whether there is no more to copy.</param>
internal sealed record CopyStep(long Done, string? LastKey, bool IsWhole);
