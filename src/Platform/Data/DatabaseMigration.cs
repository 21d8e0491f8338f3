using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Platform.Data;

/// <summary>Brings one schema to what this build expects. Any number of processes may do so at the same time.</summary>
public static class DatabaseMigration
{
    /// <summary>Applies every pending migration, and waits for as long as another process is at it.</summary>
    /// <param name="context">The context; its options come from a <see cref="DatabaseChoice"/>.</param>
    /// <param name="schema">The schema that the context is kept in.</param>
    /// <param name="cancellationToken">Stops waiting for another process's turn.</param>
    public static async Task ApplyAsync(DbContext context, string schema, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var database = context.Database;
        if (!(await database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        var log = context.GetService<ILoggerFactory>().CreateLogger(typeof(DatabaseMigration));
        var engine = DatabaseEngines.Of(database);
        var limit = database.GetCommandTimeout();
        // A change of a large table takes what it takes. On SQLite the limit is one of waiting for the file.
        if (engine.Name != DatabaseEngine.Sqlite)
            database.SetCommandTimeout(TimeSpan.Zero);
        try
        {
            await engine.MigrateAsync(database, schema, new MigrationTurn(schema, log), cancellationToken);
        }
        finally
        {
            database.SetCommandTimeout(limit);
        }
    }
}
