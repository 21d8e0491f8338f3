using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Platform.Data;

/// <summary>
/// Waits for the transactions that write to an outbox by looking at who they are, and locks nothing: who inserts holds
/// a lock of its own on the table from before it draws a position until it has ended, and is seen by it. Maintenance
/// holds locks of other kinds, a later writer draws a later position; neither is waited for, and neither waits.
/// </summary>
internal static class PostgreSqlWriters
{
    /// <summary>How long to wait for one that is stuck before saying who it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns once every transaction that was writing to the schema's outbox has ended.</summary>
    /// <exception cref="WritersInFlightException">One has not ended for two seconds.</exception>
    public static async Task WaitOutAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    )
    {
        var waiting = Stopwatch.StartNew();
        var writers = await OfAsync(database, schema, cancellationToken);
        for (var rest = FirstRest; writers.Count > 0; rest = Longer(rest))
        {
            if (waiting.Elapsed > Patience)
                throw new WritersInFlightException(
                    schema,
                    await DescribeAsync(database, writers, cancellationToken)
                );
            await Task.Delay(rest, cancellationToken);
            writers.IntersectWith(await OfAsync(database, schema, cancellationToken));
        }
    }

    private static TimeSpan Longer(TimeSpan rest) => rest * 2 < LongestRest ? rest * 2 : LongestRest;

    /// <summary>Each transaction by a name that no other ever has: the place of its session and a number there.</summary>
    private static async Task<HashSet<string>> OfAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    ) =>
        [
            .. await database
                .SqlQuery<string>(
                    $"""
                    SELECT virtualtransaction AS "Value" FROM pg_locks
                    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND relation = {$"\"{schema}\".outbox"}::regclass
                    """
                )
                .ToListAsync(cancellationToken),
        ];

    private static async Task<string> DescribeAsync(
        DatabaseFacade database,
        HashSet<string> writers,
        CancellationToken cancellationToken
    )
    {
        var held = writers.ToArray();
        var told = await database
            .SqlQuery<string>(
                $"""
                SELECT DISTINCT coalesce(
                    'process ' || holder.pid || ' of ' || holder.usename
                        || coalesce(' (' || nullif(holder.application_name, '') || ')', '')
                        || coalesce(', ' || holder.state, '')
                        || coalesce(', since ' || to_char(holder.xact_start AT TIME ZONE 'UTC', 'HH24:MI:SS') || ' UTC', ''),
                    'the prepared transaction ' || coalesce(quote_literal(prepared.gid), virtualtransaction)
                ) AS "Value"
                FROM pg_locks
                LEFT JOIN pg_stat_activity AS holder USING (pid)
                LEFT JOIN pg_prepared_xacts AS prepared ON prepared.transaction = transactionid
                WHERE locktype = 'transactionid' AND granted AND virtualtransaction = ANY ({held})
                """
            )
            .ToListAsync(cancellationToken);
        return told.Count > 0 ? string.Join("; ", told) : "it has ended just now";
    }
}
