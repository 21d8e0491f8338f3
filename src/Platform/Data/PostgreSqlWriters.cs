using System.Diagnostics;
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

    private static readonly string[] Writing = ["RowExclusiveLock"];

    /// <summary>Returns once every transaction that was writing to one of these tables has ended.</summary>
    /// <exception cref="WritersInFlightException">One has not ended for two seconds.</exception>
    public static async Task WaitOutAsync(
        DatabaseFacade database,
        string schema,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    )
    {
        var waiting = Stopwatch.StartNew();
        var writers = await OfAsync(database, schema, tables, cancellationToken);
        for (var rest = FirstRest; writers.Count > 0; rest = Longer(rest))
        {
            if (waiting.Elapsed > Patience)
            {
                var told = await PostgreSqlSessions.DescribeAsync(database, writers, cancellationToken);
                throw new WritersInFlightException(
                    schema,
                    told.Count > 0 ? string.Join("; ", told) : "it has written nothing yet"
                );
            }
            await Task.Delay(rest, cancellationToken);
            writers.IntersectWith(await OfAsync(database, schema, tables, cancellationToken));
        }
    }

    private static TimeSpan Longer(TimeSpan rest) => rest * 2 < LongestRest ? rest * 2 : LongestRest;

    private static async Task<HashSet<string>> OfAsync(
        DatabaseFacade database,
        string schema,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    )
    {
        var writers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in tables)
            writers.UnionWith(
                await PostgreSqlSessions.HoldersAsync(database, schema, table, Writing, cancellationToken)
            );
        return writers;
    }
}
