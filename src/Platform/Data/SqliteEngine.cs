using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SQLitePCL;

namespace Platform.Data;

/// <summary>What the rest of the platform must know of SQLite.</summary>
internal sealed class SqliteEngine : IDatabaseEngine
{
    /// <summary>Error codes after which the file itself is at fault, or in somebody's hands, not the command.</summary>
    private static readonly HashSet<int> Unreachable =
    [
        raw.SQLITE_PERM,
        raw.SQLITE_BUSY,
        raw.SQLITE_LOCKED,
        raw.SQLITE_READONLY,
        raw.SQLITE_IOERR,
        raw.SQLITE_CORRUPT,
        raw.SQLITE_FULL,
        raw.SQLITE_CANTOPEN,
        raw.SQLITE_NOTADB,
    ];

    public DatabaseEngine Name => DatabaseEngine.Sqlite;

    public string ProviderName => "Microsoft.EntityFrameworkCore.Sqlite";

    public string? Example => null;

    public IExtractionSql ExtractionSql { get; } = new SqliteExtractionSql();

    public IFenceSql FenceSql { get; } = new SqliteFenceSql();

    public string Complete(string connectionString, string schema, string home) => connectionString;

    public void Configure(DbContextOptionsBuilder options, DatabaseChoice choice)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(choice.Connection)!);
        options
            .UseSqlite(
                new SqliteConnectionStringBuilder
                {
                    DataSource = choice.Connection,
                    DefaultTimeout = 15,
                }.ToString(),
                sqlite => sqlite.MigrationsHistoryTable("migration")
            )
            .ConfigureWarnings(warnings => warnings.Ignore(SqliteEventId.SchemaConfiguredWarning))
            .AddInterceptors(new SqlitePragmas(this, choice.Home), new ConnectionFaults(this));
    }

    /// <summary>It has no type for instants that sorts and compares.</summary>
    public void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();

    /// <summary>There is one writer at a time: who begins to write has waited for the one before.</summary>
    public async Task WaitOutWritersAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await database.BeginTransactionAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task WaitOutWritersAsync(
        DatabaseFacade database,
        string schema,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    ) => WaitOutWritersAsync(database, schema, cancellationToken);

    /// <summary>A file can be copied, and go on being written to in both places.</summary>
    public string? OriginOf(DatabaseFacade database) =>
        $"{Environment.MachineName}:{Path.GetFullPath(((SqliteConnection)database.GetDbConnection()).DataSource)}";

    public Task MigrateAsync(
        DatabaseFacade database,
        string schema,
        MigrationTurn turn,
        CancellationToken cancellationToken
    ) => SqliteMigrations.ApplyAsync(database, turn, cancellationToken);

    /// <summary>It draws the next position from the highest that is there.</summary>
    public bool IsOutboxBehind(DbException exception) => false;

    public bool IsVictim(DbException exception) => false;

    /// <summary>It locks the whole file, for everybody alike.</summary>
    public bool IsRowLocked(DbException exception) => false;

    public bool IsUnreachable(DbException exception) =>
        exception is SqliteException sqlite && Unreachable.Contains(sqlite.SqliteErrorCode);

    /// <summary>
    /// Forgets every open handle of a file that turned out to be at fault. A pooled one may hold the file that
    /// was replaced since, or pages of it in memory, and would go on failing when the file is good again.
    /// </summary>
    public void GiveUpConnections(DbConnection? connection, Exception failure)
    {
        if (
            connection is SqliteConnection sqlite
            && failure is SqliteException { SqliteErrorCode: var code }
            && code is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_CANTOPEN or raw.SQLITE_NOTADB
        )
        {
            SqliteConnection.ClearPool(sqlite);
        }
    }

    /// <summary>A file lets in whoever may open it.</summary>
    public bool IsLoginRefused(DbException exception) => false;

    public bool IsDuplicate(DbException exception) =>
        exception
            is SqliteException
            {
                SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_UNIQUE
            };
}

/// <summary>
/// Sets each opened connection up: whose it is, write-ahead log so that readers and the writer do not wait for each other,
/// a sync per commit so that what was acknowledged survives a power cut, and patience with a busy file.
/// </summary>
internal sealed class SqlitePragmas(IDatabaseEngine engine, string home) : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        SayWhose(connection);
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException failure)
        {
            engine.GiveUpConnections(connection, failure);
            throw;
        }
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        SayWhose(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException failure)
        {
            engine.GiveUpConnections(connection, failure);
            throw;
        }
    }

    private void SayWhose(DbConnection connection) =>
        ((SqliteConnection)connection).CreateFunction(SqliteFenceSql.Home, () => home);
}
