using System.Data;
using System.Data.Common;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Streams;

namespace Platform.Data;

/// <summary>
/// The one message that inserts rows of several tables on SQL Server and moves a cursor along with them: a transaction
/// of its own, which any failure in it ends.
/// </summary>
internal static class SqlServerMessage
{
    /// <summary>The message for these rows and this move.</summary>
    /// <returns>Null when the rows take more than that.</returns>
    public static DbBatch? Of(ModuleDbContext context, IReadOnlyList<EntityEntry> rows, CursorMove? move)
    {
        var text = new StringBuilder(SqlServerStatements.BeginAtOnce);
        var command = new SqlBatchCommand();
        if (context.LockPatience is { } patience)
            text.AppendLine(SqlServerStatements.LimitLockWaits(patience));
        foreach (var ofType in rows.GroupBy(row => row.Metadata))
        {
            if (JsonInsert.Of(ofType.Key) is not { } insert)
                return null;
            var name = $"@rows{command.Parameters.Count}";
            text.AppendLine(insert.SqlFrom(name));
            command.Parameters.Add(
                new SqlParameter(name, SqlDbType.NVarChar, -1) { Value = insert.ValuesOf([.. ofType]) }
            );
        }
        if (move is not null)
        {
            text.AppendLine(SqlServerStatements.MoveCursor(context.Schema));
            command.Parameters.Add(new SqlParameter("@to", SqlDbType.BigInt) { Value = move.To.Position });
            command.Parameters.Add(Id("@identity", move.To.Stream));
            command.Parameters.Add(Id("@event", move.To.EventId));
            command.Parameters.Add(
                new SqlParameter("@stream", SqlDbType.NVarChar, 100) { Value = move.Stream }
            );
            command.Parameters.Add(new SqlParameter("@from", SqlDbType.BigInt) { Value = move.From });
            command.Parameters.Add(new SqlParameter("@replays", SqlDbType.BigInt) { Value = move.Replays });
        }
        text.AppendLine(SqlServerStatements.CommitAtOnce);
        command.CommandText = text.ToString();
        var batch = new SqlBatch((SqlConnection)context.Database.GetDbConnection());
        batch.BatchCommands.Add(command);
        return batch;
    }

    private static SqlParameter Id(string name, Guid? id) =>
        new(name, SqlDbType.UniqueIdentifier) { Value = id is { } known ? known : DBNull.Value };
}
