using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Platform.Data;

/// <summary>
/// Migrates a schema, one process at a time. Entity Framework locks its history table, which does not exist at first, so
/// two processes that create the schema need something that is there already. Lock and work are one transaction: it is
/// one session whatever pooler is in between, and whoever dies takes the lock along.
/// </summary>
internal static class PostgreSqlMigrations
{
    public static async Task ApplyAsync(
        DatabaseFacade database,
        string schema,
        MigrationTurn turn,
        CancellationToken cancellationToken
    )
    {
        await CreateDatabaseUnlessThereAsync(database, cancellationToken);
        await turn.TakeAsync(TryApplyAsync, cancellationToken);

        async Task<bool> TryApplyAsync()
        {
            await using var transaction = await database.BeginTransactionAsync(cancellationToken);
            var isMine = await database
                .SqlQuery<bool>(
                    $"SELECT pg_try_advisory_xact_lock(hashtext({"monolith " + schema})) AS \"Value\""
                )
                .SingleAsync(cancellationToken);
            if (!isMine)
                return false;
            // Looked for where it is not, it would end the transaction.
            await database.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
            await database.MigrateAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
    }

    private static async Task CreateDatabaseUnlessThereAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    )
    {
        var creator = database.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException raced)
            when (raced.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation
            )
        {
            // Another process created it first.
        }
    }
}
