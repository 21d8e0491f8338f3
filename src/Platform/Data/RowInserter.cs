using System.Diagnostics;
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
    /// <exception cref="System.Data.Common.DbException">It is refused, by a key or by the cursor: nothing is done.</exception>
    public async Task<bool> TryInsertAsync(
        ModuleDefinition module,
        IReadOnlyList<Additions> group,
        CursorMove? move = null
    )
    {
        // One of them lends its connection.
        var context = group[0].Owner;
        var engine = DatabaseEngines.Of(context.Database);
        if (!engine.InsertsAtOnce)
            return false;
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var rows = group.SelectMany(additions => additions.Entries).ToList();
            if (!await engine.TryInsertAsync(context, rows, move))
                return false;
            outcome = "done";
        }
        finally
        {
            CommandTimer.Note(module.Name, Stopwatch.GetElapsedTime(started), outcome);
        }
        foreach (var additions in group)
            additions.Owner.OnSaved(additions.Entries.Select(entry => entry.Entity));
        if (group.Any(additions => additions.HaveEvents))
            signals.Raise(module.Stream);
        return true;
    }
}
