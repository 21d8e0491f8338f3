using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Extraction;

/// <summary>Who may write to a schema that has a fence, and what everybody else is told.</summary>
/// <param name="MayWrite">The home whose sessions may; null when nobody's may.</param>
/// <param name="Sentence">What the others are told.</param>
internal sealed record FenceState(string? MayWrite, string Sentence);

/// <summary>
/// Has the database itself refuse writes to a module's tables, but for the sessions of one home: whatever a process
/// believes, and however long it slept, it writes nothing that the fence does not let through. It takes the login that
/// owns the tables.
/// </summary>
internal static class Fence
{
    private const string Name = "fence";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private const int Tries = 20;

    /// <summary>
    /// Gives every table the triggers of a fence, which let everybody through until it is put up. Each table is kept
    /// from writers for a moment, and one that is in use is tried again, so that nobody waits long for it.
    /// </summary>
    public static async Task PrepareAsync(
        DbContext context,
        string sentence,
        CancellationToken cancellationToken
    )
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        var sql = session.Engine.FenceSql;
        // Who may write to the fence, but owns no table, finds it prepared.
        if (await IsPreparedAsync(session, context, cancellationToken))
            return;
        await session.ExecuteTogetherAsync(sql.PrepareFence(session.Schema), cancellationToken);
        foreach (var table in TableShape.FencedOf(context))
        {
            if (await IsPreparedAsync(session, table.Name, cancellationToken))
                continue;
            await PatientlyAsync(
                session,
                sql.FenceOff(session.Schema, table.Name, sentence),
                cancellationToken
            );
        }
    }

    /// <summary>Whether it is prepared, or this login may prepare it.</summary>
    public static async Task<bool> CanBePreparedAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        if (await IsPreparedAsync(session, context, cancellationToken))
            return true;
        foreach (var table in TableShape.FencedOf(context))
        {
            if (
                session.Engine.FenceSql.MayFenceOff(session.Schema, table.Name) is { } question
                && await session.ScalarAsync(question, cancellationToken) == 0
            )
                return false;
        }
        return true;
    }

    /// <summary>
    /// Puts the fence up, or moves it, and returns once nothing that was written before can still be committed. May be
    /// called again, as after a failure.
    /// </summary>
    /// <param name="context">A context on the database.</param>
    /// <param name="mayWrite">The home that may write; null for nobody.</param>
    /// <param name="sentence">What the others are told, at most 400 characters.</param>
    /// <param name="cancellationToken">Stops waiting; the fence may be up by then.</param>
    /// <param name="condition">Asked in the transaction that puts it up; throws when it is not to be.</param>
    /// <exception cref="WritersInFlightException">The fence is up, and one who wrote before it does not end.</exception>
    public static async Task PutUpAsync(
        DbContext context,
        string? mayWrite,
        string sentence,
        CancellationToken cancellationToken,
        Func<Task>? condition = null
    )
    {
        await PrepareAsync(context, sentence, cancellationToken);
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        var table = session.Sql.Of(session.Schema, Name);
        await using (var transaction = await session.BeginAsync(cancellationToken))
        {
            if (condition is not null)
                await condition();
            await session.ExecuteAsync($"DELETE FROM {table};", cancellationToken);
            await session.ExecuteAsync(
                $"INSERT INTO {table} (may_write, sentence) VALUES (@a0, @a1);",
                cancellationToken,
                mayWrite,
                sentence
            );
            await transaction.CommitAsync(cancellationToken);
        }
        await session.Engine.WaitOutWritersAsync(
            context.Database,
            session.Schema!,
            [.. TableShape.FencedOf(context).Select(one => one.Name)],
            cancellationToken
        );
    }

    /// <summary>
    /// Lets another home through, or everybody, without taking the triggers away; takes part in the context's
    /// transaction. Nothing happens when there is no fence.
    /// </summary>
    /// <param name="context">A context on the database.</param>
    /// <param name="mayWrite">The home that may write from now on; null for everybody.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    public static async Task LetThroughAsync(
        DbContext context,
        string? mayWrite,
        CancellationToken cancellationToken
    )
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        if (!await IsThereAsync(session, cancellationToken))
            return;
        var table = session.Sql.Of(session.Schema, Name);
        if (mayWrite is null)
            await session.ExecuteAsync($"DELETE FROM {table};", cancellationToken);
        else
            await session.ExecuteAsync($"UPDATE {table} SET may_write = @a0;", cancellationToken, mayWrite);
    }

    /// <summary>Gives tables that were added since the fence was prepared theirs; nothing happens when there is none.</summary>
    public static async Task ExtendAsync(
        DbContext context,
        string sentence,
        CancellationToken cancellationToken
    )
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        if (await IsThereAsync(session, cancellationToken))
            await PrepareAsync(context, sentence, cancellationToken);
    }

    /// <summary>Takes the fence down: everybody may write.</summary>
    public static async Task TakeDownAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        var sql = session.Engine.FenceSql;
        foreach (var table in TableShape.FencedOf(context))
            await PatientlyAsync(session, sql.OpenUp(session.Schema, table.Name), cancellationToken);
        await session.ExecuteTogetherAsync(sql.ForgetFence(session.Schema), cancellationToken);
    }

    /// <summary>The fence of a schema; null while there is none that is up.</summary>
    public static async Task<FenceState?> ReadAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        if (!await IsThereAsync(session, cancellationToken))
            return null;
        var rows = await session.QueryAsync(
            $"SELECT may_write, sentence FROM {session.Sql.Of(session.Schema, Name)};",
            row => new FenceState(row.IsDBNull(0) ? null : row.GetString(0), row.GetString(1)),
            cancellationToken
        );
        return rows is [var state] ? state : null;
    }

    /// <summary>Changes a table that others write to, without having them wait for long.</summary>
    internal static async Task PatientlyAsync(
        DatabaseSession session,
        IReadOnlyList<string> statements,
        CancellationToken cancellationToken
    )
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                await session.ExecuteTogetherAsync(statements, cancellationToken, Patience);
                return;
            }
            catch (DbException busy) when (tried < Tries && IsBusy(session.Engine, busy))
            {
                await Task.Delay(Patience, cancellationToken);
            }
        }
    }

    private static async Task<bool> IsThereAsync(
        DatabaseSession session,
        CancellationToken cancellationToken
    ) => await session.ScalarAsync(session.Sql.HasTable(session.Schema, Name), cancellationToken) > 0;

    private static bool IsBusy(IDatabaseEngine engine, DbException failure) =>
        engine.IsRowLocked(failure) || engine.IsUnreachable(failure) || engine.IsVictim(failure);

    private static async Task<bool> IsPreparedAsync(
        DatabaseSession session,
        DbContext context,
        CancellationToken cancellationToken
    )
    {
        if (!await IsThereAsync(session, cancellationToken))
            return false;
        foreach (var table in TableShape.FencedOf(context))
        {
            if (!await IsPreparedAsync(session, table.Name, cancellationToken))
                return false;
        }
        return true;
    }

    private static async Task<bool> IsPreparedAsync(
        DatabaseSession session,
        string table,
        CancellationToken cancellationToken
    ) =>
        session.Engine.FenceSql.IsFencedOff(session.Schema, table) is { } question
        && await session.ScalarAsync(question, cancellationToken) > 0;
}
