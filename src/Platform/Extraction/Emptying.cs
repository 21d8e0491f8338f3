using Microsoft.EntityFrameworkCore;

namespace Platform.Extraction;

/// <summary>Removes every row of a module's tables: of a copy that is given up, or of what was left behind.</summary>
internal static class Emptying
{
    /// <summary>Empties them, those that refer to others before those others. What the engine numbers goes on where it was.</summary>
    /// <param name="context">A context on the database, of whom a fence lets through.</param>
    /// <param name="isEmptied">Which of the tables.</param>
    /// <param name="cancellationToken">Stops between two tables.</param>
    public static async Task RunAsync(
        DbContext context,
        Func<string, bool> isEmptied,
        CancellationToken cancellationToken
    )
    {
        await using var session = await DatabaseSession.OpenAsync(context, cancellationToken);
        foreach (var table in TableShape.AllOf(context).Reverse().Where(table => isEmptied(table.Name)))
        {
            await session.ExecuteAsync(
                $"DELETE FROM {session.Sql.Of(session.Schema, table.Name)};",
                cancellationToken
            );
        }
    }
}
