using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Platform.Data;

/// <summary>Looks at what must be right with a database of SQL Server before anybody works on it.</summary>
internal static class SqlServerInspection
{
    /// <summary>Says what is slow, sets right what is wrong.</summary>
    /// <exception cref="OutboxBehindException">Positions are taken, and this login may not set that right.</exception>
    public static async Task RunAsync(
        DatabaseFacade database,
        string schema,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        if (await IsAsync(SqlServerStatements.ReadersWait))
        {
            log.LogWarning(
                "'{Schema}': readers wait for writers, since READ_COMMITTED_SNAPSHOT is off; turn it on with "
                    + "'ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE'",
                schema
            );
        }
        if (!await IsAsync(SqlServerStatements.OutboxIsBehind(schema)))
            return;
        try
        {
            await database.ExecuteSqlRawAsync(SqlServerStatements.AlignOutbox(schema), cancellationToken);
        }
        catch (SqlException refused)
        {
            throw new OutboxBehindException(schema, refused);
        }
        log.LogWarning("'{Schema}': the counter of its outbox was behind its rows and is set right", schema);

        async Task<bool> IsAsync(string question) =>
            await database.SqlQueryRaw<int>(question).SingleAsync(cancellationToken) == 1;
    }
}
