using Microsoft.EntityFrameworkCore;

namespace Platform.Data;

/// <summary>Brings one schema to what this build expects. Any number of processes may do so at the same time.</summary>
public static class DatabaseMigration
{
    /// <summary>
    /// How long it may take, another process's turn included. Migrating takes seconds; waiting has no end of its own,
    /// and a lock that a killed process left may be removed at the next try.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Applies every pending migration.</summary>
    /// <param name="context">The context; its options come from a <see cref="DatabaseChoice"/>.</param>
    /// <param name="schema">The schema that the context is kept in.</param>
    /// <param name="cancellationToken">Stops waiting for another process's turn.</param>
    /// <exception cref="TimeoutException">Another process seems to be at it, and does not end.</exception>
    public static async Task ApplyAsync(DbContext context, string schema, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var database = context.Database;
        if (!(await database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await DatabaseEngines.Of(database).MigrateAsync(database, schema, patience.Token);
        }
        catch (OperationCanceledException waited) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"Another process seems to be migrating '{schema}'; trying again.",
                waited
            );
        }
    }
}
