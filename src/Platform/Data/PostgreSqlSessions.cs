using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Platform.Data;

/// <summary>Finds out who holds a lock, and says it as an operator wants to read it. Locks of others are seen by everybody.</summary>
internal static class PostgreSqlSessions
{
    /// <summary>
    /// The transactions that hold a table in one of these modes, each by a name that no other ever has: the place of
    /// its session and a number there.
    /// </summary>
    public static async Task<HashSet<string>> HoldersAsync(
        DatabaseFacade database,
        string schema,
        string table,
        string[] modes,
        CancellationToken cancellationToken
    ) =>
        [
            .. await database
                .SqlQuery<string>(
                    $"""
                    SELECT virtualtransaction AS "Value" FROM pg_locks
                    WHERE locktype = 'relation' AND mode = ANY ({modes}) AND granted
                      AND pid IS DISTINCT FROM pg_backend_pid()
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND relation = (
                        SELECT coalesce(indexed.indrelid, named.oid)
                        FROM (SELECT to_regclass({$"\"{schema}\".\"{table}\""})::oid AS oid) AS named
                        LEFT JOIN pg_index AS indexed ON indexed.indexrelid = named.oid
                      )
                    """
                )
                .ToListAsync(cancellationToken),
        ];

    /// <summary>Those of <paramref name="holders"/> that have written or locked a row, the oldest first.</summary>
    public static async Task<IReadOnlyList<string>> DescribeAsync(
        DatabaseFacade database,
        IEnumerable<string> holders,
        CancellationToken cancellationToken
    )
    {
        var held = holders.ToArray();
        return await database
            .SqlQuery<string>(
                $"""
                SELECT coalesce(
                    'process ' || holder.pid || ' of ' || holder.usename
                        || coalesce(' (' || nullif(holder.application_name, '') || ')', '')
                        || coalesce(', ' || holder.state, '')
                        || coalesce(', since ' || to_char(holder.xact_start AT TIME ZONE 'UTC', 'HH24:MI:SS') || ' UTC', ''),
                    'the prepared transaction ' || coalesce(quote_literal(prepared.gid), virtualtransaction)
                ) AS "Value"
                FROM pg_locks
                LEFT JOIN pg_stat_activity AS holder USING (pid)
                LEFT JOIN pg_prepared_xacts AS prepared ON prepared.transaction = transactionid
                WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted
                  AND virtualtransaction = ANY ({held})
                ORDER BY coalesce(holder.xact_start, prepared.prepared)
                """
            )
            .ToListAsync(cancellationToken);
    }
}
