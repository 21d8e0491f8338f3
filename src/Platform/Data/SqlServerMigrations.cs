using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Platform.Data;

/// <summary>
/// Creates a database and migrates a schema, one process at a time. Turns are taken by application locks of the session,
/// asked for again and again, since a statement that waits would run into its time-out.
/// </summary>
internal static class SqlServerMigrations
{
    public static async Task ApplyAsync(
        DatabaseFacade database,
        string schema,
        MigrationTurn turn,
        CancellationToken cancellationToken
    )
    {
        await CreateDatabaseUnlessThereAsync(database, turn, cancellationToken);
        await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var connection = database.GetDbConnection();
            await turn.TakeAsync(
                () => TryLockAsync(connection, $"monolith {schema}", cancellationToken),
                cancellationToken
            );
            try
            {
                await database.ExecuteSqlRawAsync(SqlServerStatements.ReadersDoNotWait, cancellationToken);
                await database.MigrateAsync(cancellationToken);
            }
            finally
            {
                await UnlockAsync(connection, $"monolith {schema}");
            }
        }
        finally
        {
            await database.CloseConnectionAsync();
        }
    }

    /// <summary>Of several that find none, one creates it, and is done before another looks again.</summary>
    private static async Task CreateDatabaseUnlessThereAsync(
        DatabaseFacade database,
        MigrationTurn turn,
        CancellationToken cancellationToken
    )
    {
        var creator = database.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;
        var address = new SqlConnectionStringBuilder(database.GetConnectionString())
        {
            InitialCatalog = "master",
            Pooling = false,
        };
        await using var master = new SqlConnection(address.ConnectionString);
        await master.OpenAsync(cancellationToken);
        await turn.TakeAsync(
            () => TryLockAsync(master, "monolith database", cancellationToken),
            cancellationToken
        );
        if (!await creator.ExistsAsync(cancellationToken))
            await creator.CreateAsync(cancellationToken);
    }

    private static async Task<bool> TryLockAsync(
        DbConnection connection,
        string name,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(connection, SqlServerStatements.TryLock, name);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))! >= 0;
    }

    private static async Task UnlockAsync(DbConnection connection, string name)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            return;
        await using var command = Command(connection, SqlServerStatements.Unlock, name);
        await command.ExecuteNonQueryAsync();
    }

    private static DbCommand Command(DbConnection connection, string sql, string name)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new SqlParameter("@name", name));
        return command;
    }
}
