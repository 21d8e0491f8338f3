using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Platform.Data;

namespace Platform.Extraction;

/// <summary>
/// Has the database note the key of each row that is changed, in the transaction that changes it, whoever changes it and
/// by whatever statement. It takes the login that owns the tables.
/// </summary>
internal static class Capture
{
    internal const string Name = "captured_change";

    /// <summary>
    /// Begins to note changes; may be called again. Who has changed rows of a table before it notes them has ended when
    /// this returns, so that whatever is read afterwards has their changes or will be noted.
    /// </summary>
    public static async Task PutUpAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        var sql = session.Engine.FenceSql;
        await session.ExecuteTogetherAsync(sql.PrepareCapture(session.Schema), cancellationToken);
        foreach (var table in TableShape.MovedOf(context))
        {
            var key = table.Key.Select(column => table.Columns[column].Name).ToList();
            await Fence.PatientlyAsync(
                session,
                sql.Capture(session.Schema, table.Name, key),
                cancellationToken
            );
        }
    }

    /// <summary>Notes no more, and forgets what was noted.</summary>
    public static async Task TakeDownAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        var sql = session.Engine.FenceSql;
        foreach (var table in TableShape.MovedOf(context))
        {
            await Fence.PatientlyAsync(
                session,
                sql.LeaveUncaptured(session.Schema, table.Name),
                cancellationToken
            );
        }
        await session.ExecuteTogetherAsync(sql.ForgetCapture(session.Schema), cancellationToken);
    }

    /// <summary>Forgets what was noted, and goes on noting.</summary>
    public static async Task ForgetAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        await session.ExecuteAsync($"DELETE FROM {session.Sql.Of(session.Schema, Name)};", cancellationToken);
    }

    /// <summary>Whether this login may have changes noted. It is tried, with a table that nobody waits for, and taken back.</summary>
    public static async Task<bool> MayPutUpAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        var sql = session.Engine.FenceSql;
        var table = TableShape.AllOf(context).First(one => one.Name == HomeTables.Presence);
        await using var transaction = await session.BeginAsync(cancellationToken);
        try
        {
            foreach (
                var statement in sql.PrepareCapture(session.Schema)
                    .Concat(sql.Capture(session.Schema, table.Name, [table.Columns[table.Key[0]].Name]))
            )
                await session.ExecuteAsync(statement, cancellationToken);
            return true;
        }
        catch (DbException refused) when (!session.Engine.IsUnreachable(refused))
        {
            return false;
        }
        finally
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
    }

    /// <summary>Whether changes are noted.</summary>
    public static async Task<bool> IsUpAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        return await session.ScalarAsync(session.Sql.HasTable(session.Schema, Name), cancellationToken) > 0;
    }

    /// <summary>How many changes are noted and not caught up with.</summary>
    public static async Task<long> CountAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        return await session.ScalarAsync(
            $"SELECT COUNT(*) FROM {session.Sql.Of(session.Schema, Name)};",
            cancellationToken
        );
    }

    /// <summary>The key of a row as it was noted.</summary>
    internal static object[] KeyFrom(TableShape table, string noted)
    {
        var parts = JsonSerializer.Deserialize<string[]>(noted)!;
        return [.. table.Key.Select((column, part) => table.Columns[column].FromStored(parts[part]))];
    }
}
