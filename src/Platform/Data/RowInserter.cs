using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Data;

/// <summary>
/// Inserts in one round trip, where the engine can, what would take Entity Framework several: it looks at no row for
/// a second time, and needs no transaction around a single message.
/// </summary>
internal sealed class RowInserter(StreamTails tails, OutboxGuard guard)
{
    /// <summary>Inserts what one or several have added, all of it or nothing, and moves a cursor along with it.</summary>
    /// <returns>False when the engine cannot: nothing is done.</returns>
    /// <exception cref="DbException">It is refused, by a key or by the cursor: nothing is done.</exception>
    public async Task<bool> TryInsertAsync(
        ModuleDefinition module,
        IReadOnlyList<Additions> group,
        CursorMove? move = null
    )
    {
        // One of them lends its connection.
        var context = group[0].Owner;
        await using var insert = DatabaseEngines
            .Of(context.Database)
            .InsertAtOnce(
                context,
                // A key that is taken is found out before a position is drawn for what would be said.
                [
                    .. group
                        .SelectMany(additions => additions.Entries)
                        .OrderBy(entry => entry.Entity is not IdempotencyRecord),
                ],
                move
            );
        if (insert is null)
            return false;
        var said = group.SelectMany(additions => additions.Said).ToList();
        var positions = await SendAsync(module, context, insert, said.Count);
        foreach (var additions in group)
            additions.Owner.OnSaved(additions.Entries.Select(entry => entry.Entity));
        if (said.Count > 0)
            tails.Append(module.Stream, said.Zip(positions, (row, position) => row.At(position)));
        return true;
    }

    private async Task<List<long>> SendAsync(
        ModuleDefinition module,
        ModuleDbContext context,
        DbBatch insert,
        int events
    )
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        await context.Database.OpenConnectionAsync();
        try
        {
            await using var results = await insert.ExecuteReaderAsync();
            var positions = events > 0 ? await PositionsAsync(results) : [];
            // Only what answers to the end is committed.
            while (await results.NextResultAsync()) { }
            outcome = "done";
            return positions;
        }
        catch (DbException failure)
        {
            guard.Look(module, failure);
            DatabaseEngines.Of(context.Database).GiveUpConnections(insert.Connection, failure);
            throw;
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
            CommandTimer.Note(module.Name, Stopwatch.GetElapsedTime(started), outcome);
        }
    }

    /// <summary>
    /// Of all that is inserted, only the outbox has something to tell: where each event came to stand. An engine tells
    /// it in any order.
    /// </summary>
    private static async Task<List<long>> PositionsAsync(DbDataReader results)
    {
        var positions = new List<long>();
        do
        {
            while (await results.ReadAsync())
                positions.Add(results.GetInt64(0));
        } while (positions.Count == 0 && await results.NextResultAsync());
        positions.Sort();
        return positions;
    }
}
