using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Platform.Streams;

namespace Platform.Data;

/// <summary>What the rest of the platform must know of PostgreSQL.</summary>
internal sealed partial class PostgreSqlEngine : IDatabaseEngine
{
    /// <summary>
    /// Classes of errors that are the server's, not the statement's: connection, resources, operator, system,
    /// configuration, corruption and who may connect.
    /// </summary>
    private static readonly string[] ServerClasses = ["08", "28", "3D", "53", "58", "F0", "XX"];

    private static readonly HashSet<string> ServerStates =
    [
        PostgresErrorCodes.AdminShutdown,
        PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow,
        "57P05", // idle session timeout
        PostgresErrorCodes.ReadOnlySqlTransaction,
        PostgresErrorCodes.InsufficientPrivilege,
        "25P03", // idle in transaction for too long
    ];

    public DatabaseEngine Name => DatabaseEngine.PostgreSql;

    public string ProviderName => "Npgsql.EntityFrameworkCore.PostgreSQL";

    public string Example => "Host=localhost;Database=monolith;Username=…;Password=…";

    public IExtractionSql ExtractionSql { get; } = new PostgreSqlExtractionSql();

    public IFenceSql FenceSql { get; } = new PostgreSqlFenceSql();

    public INotifications Notifications { get; } = new PostgreSqlNotifications();

    /// <summary>
    /// Twenty connections for each schema stay, all four together, below the hundred that a server allows by
    /// default. Nothing here leaves state in a session, so it is not reset between uses. A process that freezes
    /// within a transaction holds its locks, so the server ends a session that says nothing in one for ten seconds; nor
    /// is a lock waited for any longer, so that a row that somebody holds does not look like a server that is away.
    /// </summary>
    public string Complete(string connectionString, string schema, string home)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrWhiteSpace(given.Host))
            throw new ArgumentException("There is no host.", nameof(connectionString));
        var defaults = new (string Keyword, object Value)[]
        {
            ("Maximum Pool Size", 20),
            ("Max Auto Prepare", 100),
            ("No Reset On Close", true),
            ("Options", "-c idle_in_transaction_session_timeout=10s -c lock_timeout=10s"),
        };
        foreach (var (keyword, value) in defaults)
        {
            // ContainsKey is true of every keyword that there is.
            if (!given.ShouldSerialize(keyword))
                given[keyword] = value;
        }
        given.ApplicationName = HomeName.OfSession(
            given.ShouldSerialize("Application Name") ? given.ApplicationName : null,
            schema,
            home
        );
        return given.ConnectionString;
    }

    public void Configure(DbContextOptionsBuilder options, DatabaseChoice choice)
    {
        var settings = new NpgsqlConnectionStringBuilder(choice.Connection);
        options
            .UseNpgsql(choice.Connection, npgsql => npgsql.MigrationsHistoryTable("migration", choice.Schema))
            // Migrations run in the transaction that holds their lock.
            .ConfigureWarnings(warnings =>
                warnings.Ignore(RelationalEventId.MigrationsUserTransactionWarning)
            )
            .AddInterceptors(
                ConnectionTurns.Of(
                    choice.Connection,
                    settings.Pooling ? settings.MaxPoolSize : null,
                    settings.Timeout
                ),
                new ConnectionFaults(this)
            );
    }

    /// <summary>Texts compare and sort by code point, as they do in C# and on the other engines.</summary>
    public void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        conventions.Properties<string>().UseCollation("C");
        conventions.Properties<Enum>().UseCollation("C");
    }

    public bool IsUnreachable(DbException exception) =>
        exception switch
        {
            PostgresException when IsOutboxBehind(exception) => true,
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => !IsRowLocked(exception),
            PostgresException { SqlState: var state } => ServerStates.Contains(state)
                || ServerClasses.Contains(state[..2], StringComparer.Ordinal),
            NpgsqlException => true,
            _ => false,
        };

    public bool IsLoginRefused(DbException exception) =>
        exception is PostgresException { SqlState: var state }
        && state.StartsWith("28", StringComparison.Ordinal);

    public bool IsDuplicate(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
        && !IsOutboxBehind(exception);

    public bool IsOutboxBehind(DbException exception) =>
        exception
            is PostgresException
            {
                SqlState: PostgresErrorCodes.UniqueViolation,
                TableName: "outbox",
                ConstraintName: "PK_outbox"
            };

    public bool IsVictim(DbException exception) =>
        exception
            is PostgresException
            {
                SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            };

    /// <summary>Where it waited for a row, it tells the row's place in the table, in whatever language it speaks.</summary>
    public bool IsRowLocked(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable, Where: { } where }
        && PlaceOfRow().IsMatch(where);

    public Task LimitLockWaitsAsync(
        DatabaseFacade database,
        TimeSpan patience,
        CancellationToken cancellationToken
    ) =>
        database.ExecuteSqlAsync(
            $"SELECT set_config('lock_timeout', {Milliseconds(patience)}, true)",
            cancellationToken
        );

    /// <summary>Of all who have a hand on the table, the one whose transaction is the oldest is the most likely.</summary>
    public async Task<(string? Table, string? Holder)> WhoLocksAsync(
        DatabaseFacade database,
        string schema,
        DbException locked,
        CancellationToken cancellationToken
    )
    {
        var relation = Relation().Match((locked as PostgresException)?.Where ?? "");
        if (!relation.Success)
            return (null, null);
        var table = relation.Groups["name"].Value;
        var holders = await PostgreSqlSessions.HoldersAsync(
            database,
            schema,
            table,
            ["RowShareLock", "RowExclusiveLock"],
            cancellationToken
        );
        var told = await PostgreSqlSessions.DescribeAsync(database, holders, cancellationToken);
        return (table, told.Count > 0 ? told[0] : null);
    }

    public bool InsertsAtOnce => true;

    /// <summary>What is sent together without a transaction of its own is one.</summary>
    public DbBatch? InsertAtOnce(ModuleDbContext context, IReadOnlyList<EntityEntry> rows, CursorMove? move)
    {
        var batch = new NpgsqlBatch((NpgsqlConnection)context.Database.GetDbConnection());
        if (context.LockPatience is { } patience)
            batch.BatchCommands.Add(Limiting(patience));
        foreach (var ofType in rows.GroupBy(row => row.Metadata))
        {
            if (ColumnarInsert.Of(ofType.Key) is not { } insert)
                return null;
            batch.BatchCommands.Add(insert.CommandFor([.. ofType]));
        }
        if (move is not null)
            batch.BatchCommands.Add(Moving(context.Schema, move));
        return batch;
    }

    public IsolationLevel ReadingLevel => IsolationLevel.RepeatableRead;

    public Task WaitOutWritersAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    ) => PostgreSqlWriters.WaitOutAsync(database, schema, ["outbox"], cancellationToken);

    public Task WaitOutWritersAsync(
        DatabaseFacade database,
        string schema,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    ) => PostgreSqlWriters.WaitOutAsync(database, schema, tables, cancellationToken);

    public Task MigrateAsync(
        DatabaseFacade database,
        string schema,
        MigrationTurn turn,
        CancellationToken cancellationToken
    ) => PostgreSqlMigrations.ApplyAsync(database, schema, turn, cancellationToken);

    public async Task InspectAsync(
        DatabaseFacade database,
        string schema,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        if (await PostgreSqlPositions.AlignAsync(database, schema, cancellationToken))
        {
            log.LogWarning(
                "'{Schema}': the sequence of its outbox was behind its rows, as after a restore, and is set right",
                schema
            );
        }
    }

    /// <summary>
    /// A server that only reads is the old primary of a failover that left its connections open: those who are
    /// connected to it are to connect anew.
    /// </summary>
    public void GiveUpConnections(DbConnection? connection, Exception failure)
    {
        if (
            connection is NpgsqlConnection pooled
            && failure is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction }
        )
        {
            NpgsqlConnection.ClearPool(pooled);
        }
    }

    /// <summary>It answers with no row.</summary>
    private static NpgsqlBatchCommand Limiting(TimeSpan patience) =>
        new("SELECT 1 WHERE set_config('lock_timeout', $1, true) IS NULL")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = Milliseconds(patience) } },
        };

    private static string Milliseconds(TimeSpan patience) =>
        ((long)patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Block and place in it.</summary>
    [GeneratedRegex(@"\(\d+,\d+\)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PlaceOfRow();

    /// <summary>The name behind the place of the row, as most languages quote it.</summary>
    [GeneratedRegex(
        @"\(\d+,\d+\)[^""«„“\n]*[""«„“](?<name>[^""»“”\n]+)[""»“”]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Relation();

    /// <summary>Nobody looks at how many rows it moved before the rest is committed, so it divides by that number.</summary>
    private static NpgsqlBatchCommand Moving(string schema, CursorMove move) =>
        new(
            $"""
            WITH moved AS (
                UPDATE "{schema}".cursor SET "Position" = $1, "StreamIdentity" = $5, "EventId" = $6
                WHERE "Stream" = $2 AND "Position" = $3 AND "Replays" = $4
                RETURNING 1
            )
            SELECT 1 / count(*) FROM moved
            """
        )
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = move.To.Position },
                new NpgsqlParameter<string> { TypedValue = move.Stream },
                new NpgsqlParameter<long> { TypedValue = move.From },
                new NpgsqlParameter<long> { TypedValue = move.Replays },
                Id(move.To.Stream),
                Id(move.To.EventId),
            },
        };

    private static NpgsqlParameter Id(Guid? id) =>
        new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = id is { } known ? known : DBNull.Value };
}
