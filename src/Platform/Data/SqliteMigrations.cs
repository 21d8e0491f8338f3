using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Platform.Data;

/// <summary>
/// Migrates a file, one process at a time: who does holds a lock file beside it, which the operating system lets go
/// however the process ends. The row by which Entity Framework locks the database stays behind a process that was
/// killed, so one that is found with the lock file in hand is nobody's.
/// </summary>
internal static class SqliteMigrations
{
    public static async Task ApplyAsync(
        DatabaseFacade database,
        MigrationTurn turn,
        CancellationToken cancellationToken
    )
    {
        var path = $"{database.GetDbConnection().DataSource}.migrating";
        FileStream? held = null;
        await turn.TakeAsync(() => Task.FromResult((held = TryOpen(path)) is not null), cancellationToken);
        await using (held)
        {
            await RemoveMigrationLockAsync(database, cancellationToken);
            await database.MigrateAsync(cancellationToken);
        }
    }

    /// <summary>Null while another process has it.</summary>
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (IsTaken(taken))
        {
            return null;
        }
    }

    /// <summary>By whom it is held Linux, macOS and Windows each say with a number of their own.</summary>
    private static bool IsTaken(IOException failure) =>
        failure.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static async Task RemoveMigrationLockAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    )
    {
        var tables = await database
            .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken);
        if (tables > 0)
            await database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken);
    }
}
