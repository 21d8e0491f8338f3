using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Data;

/// <summary>
/// Inserts in one round trip, where the engine can, what would take Entity Framework several: it looks at no row for
/// a second time, and needs no transaction around a single message.
/// </summary>
internal sealed class RowInserter(StreamSignals signals)
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
            .InsertAtOnce(context, [.. group.SelectMany(additions => additions.Entries)], move);
        if (insert is null)
            return false;
        await SendAsync(module, context, insert);
        foreach (var additions in group)
            additions.Owner.OnSaved(additions.Entries.Select(entry => entry.Entity));
        if (group.Any(additions => additions.HaveEvents))
            signals.Raise(module.Stream);
        return true;
    }

    private static async Task SendAsync(ModuleDefinition module, ModuleDbContext context, DbBatch insert)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        await context.Database.OpenConnectionAsync();
        try
        {
            await insert.ExecuteNonQueryAsync();
            outcome = "done";
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
            CommandTimer.Note(module.Name, Stopwatch.GetElapsedTime(started), outcome);
        }
    }
}
