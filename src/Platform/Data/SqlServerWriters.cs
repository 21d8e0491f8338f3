using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Platform.Data;

/// <summary>
/// Waits for the transactions that write to outboxes of a database, and locks nothing. Each row of an outbox gets a
/// number that grows over the whole database as it is written; the server tells the lowest that belongs to a
/// transaction which has not ended.
/// </summary>
internal static class SqlServerWriters
{
    /// <summary>How long to wait for one that is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns once every transaction that had written to an outbox when this was called has ended.</summary>
    /// <exception cref="WritersInFlightException">One has not ended for two seconds.</exception>
    public static async Task WaitOutAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    )
    {
        var waiting = Stopwatch.StartNew();
        var written = await ReadAsync(SqlServerStatements.LastWritten);
        while (await ReadAsync(SqlServerStatements.FirstInFlight) <= written)
        {
            if (waiting.Elapsed > Patience)
            {
                throw new WritersInFlightException(
                    schema,
                    "look for it in sys.dm_tran_session_transactions, and end its session with KILL"
                );
            }
            await Task.Delay(Between, cancellationToken);
        }

        Task<long> ReadAsync(string statement) =>
            database.SqlQueryRaw<long>(statement).SingleAsync(cancellationToken);
    }
}
