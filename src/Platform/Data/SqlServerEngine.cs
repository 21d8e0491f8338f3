using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.SqlServer.Storage.Internal;
using Microsoft.Extensions.Logging;
using Platform.Streams;

namespace Platform.Data;

/// <summary>What the rest of the platform must know of SQL Server.</summary>
internal sealed class SqlServerEngine : IDatabaseEngine
{
    private const int SqlServer2022 = 160;

    /// <summary>From here on the server or the connection is at fault, not the statement.</summary>
    private const byte LowestClassOfServerErrors = 17;

    private const int LockTimeout = 1222;
    private const int OnlyReads = 3906;

    private static readonly string[] OfTheServer = ["master", "model", "msdb", "tempdb"];

    /// <summary>The login is wrong, disabled, locked or its password has expired.</summary>
    private static readonly HashSet<int> LoginRefused = [18452, 18456, 18470, 18486, 18487, 18488];

    /// <summary>Given up in favour of another: a deadlock, or beaten to a row under a snapshot or in memory.</summary>
    private static readonly HashSet<int> Victims = [1205, 3960, 3966, 41302, 41305, 41325, 41839];

    /// <summary>What has a number of a statement's and is the server's, the login's or the network's all the same.</summary>
    private static readonly HashSet<int> Unreachable =
    [
        -2, // timeout
        229, // permission denied
        230,
        916, // may not enter the database
        926, // database marked suspect
        945,
        976, // a secondary that nobody may read
        978,
        983,
        OnlyReads,
        4060, // database cannot be opened
        6005, // shutdown in progress
        17142, // server is paused
        .. LoginRefused,
    ];

    public DatabaseEngine Name => DatabaseEngine.SqlServer;

    public string ProviderName => "Microsoft.EntityFrameworkCore.SqlServer";

    public string Example => "Server=localhost;Database=monolith;User Id=…;Password=…";

    public IExtractionSql ExtractionSql { get; } = new SqlServerExtractionSql();

    public IFenceSql FenceSql { get; } = new SqlServerFenceSql();

    /// <summary>
    /// As on PostgreSQL there are twenty connections for each schema. After an outage the client would go on answering
    /// from a failure that it remembers for up to a minute; it tries instead, for five seconds at most.
    /// </summary>
    public string Complete(string connectionString, string schema, string home)
    {
        var given = new SqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrWhiteSpace(given.DataSource))
            throw new ArgumentException("There is no server.", nameof(connectionString));
        if (
            string.IsNullOrWhiteSpace(given.InitialCatalog)
            || OfTheServer.Contains(given.InitialCatalog, StringComparer.OrdinalIgnoreCase)
        )
        {
            throw new ConnectionStringRefusedException(
                "it names no database of your own, so tables would be made in 'master'; add 'Database=monolith'."
            );
        }
        var defaults = new (string Keyword, object Value)[]
        {
            ("Max Pool Size", 20),
            ("Connect Timeout", 5),
            ("Pool Blocking Period", PoolBlockingPeriod.NeverBlock),
        };
        foreach (var (keyword, value) in defaults)
        {
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
        var settings = new SqlConnectionStringBuilder(choice.Connection);
        options
            .UseSqlServer(
                choice.Connection,
                sqlServer =>
                    sqlServer
                        .MigrationsHistoryTable("migration", choice.Schema)
                        .UseCompatibilityLevel(SqlServer2022)
            )
            .AddInterceptors(
                ConnectionTurns.Of(
                    choice.Connection,
                    settings.Pooling ? settings.MaxPoolSize : null,
                    settings.ConnectTimeout
                ),
                new ConnectionFaults(this)
            );
    }

    /// <summary>Texts compare and sort by code unit, as they do in C#; by default they would not mind case.</summary>
    public void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        conventions.Properties<string>().UseCollation("Latin1_General_100_BIN2");
        conventions.Properties<Enum>().UseCollation("Latin1_General_100_BIN2");
    }

    public bool IsUnreachable(DbException exception) =>
        exception is SqlException failure
        && !IsVictim(failure)
        && !IsRowLocked(failure)
        && (
            IsOutboxBehind(failure)
            || Errors(failure)
                .Any(error => error.Class >= LowestClassOfServerErrors || Unreachable.Contains(error.Number))
            || IsKnownToPass(failure)
        );

    public bool IsLoginRefused(DbException exception) => Has(exception, LoginRefused.Contains);

    public bool IsDuplicate(DbException exception) =>
        Has(exception, number => number is 2601 or 2627) && !IsOutboxBehind(exception);

    /// <summary>The server names the key in its sentence alone.</summary>
    public bool IsOutboxBehind(DbException exception) =>
        exception is SqlException failure
        && Errors(failure)
            .Any(error =>
                error.Number == 2627 && error.Message.Contains("'PK_outbox'", StringComparison.Ordinal)
            );

    /// <summary>Chosen as the victim of a deadlock, or beaten to a row under snapshot isolation.</summary>
    public bool IsVictim(DbException exception) => Has(exception, Victims.Contains);

    /// <summary>It does not tell whether a row or a whole table was waited for.</summary>
    public bool IsRowLocked(DbException exception) => Has(exception, number => number == LockTimeout);

    public Task LimitLockWaitsAsync(
        DatabaseFacade database,
        TimeSpan patience,
        CancellationToken cancellationToken
    ) => database.ExecuteSqlRawAsync(SqlServerStatements.LimitLockWaits(patience), cancellationToken);

    /// <summary>Those who are connected to a server that only reads since a failover are to connect anew.</summary>
    public void GiveUpConnections(DbConnection? connection, Exception failure)
    {
        if (
            connection is SqlConnection pooled
            && failure is SqlException refused
            && Has(refused, number => number is OnlyReads or 976 or 978 or 983)
        )
        {
            SqlConnection.ClearPool(pooled);
        }
    }

    public Task WaitOutWritersAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    ) => SqlServerWriters.WaitOutAsync(database, schema, cancellationToken);

    /// <summary>Who has written to a table keeps a lock on it that nobody shares who locks the whole of it.</summary>
    public async Task WaitOutWritersAsync(
        DatabaseFacade database,
        string schema,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    )
    {
        foreach (var table in tables)
        {
            try
            {
                await using var transaction = await database.BeginTransactionAsync(cancellationToken);
                await database.ExecuteSqlRawAsync(
                    SqlServerStatements.WaitOutWriters(schema, table),
                    cancellationToken
                );
            }
            catch (SqlException locked) when (IsRowLocked(locked))
            {
                throw new WritersInFlightException(
                    schema,
                    $"one who has written to {table}; look for it in sys.dm_tran_session_transactions"
                );
            }
        }
    }

    /// <summary>Numbers the rows of the outbox as they are written, over the whole database.</summary>
    public void ConfigureModel(ModelBuilder model) =>
        model.Entity<OutboxRow>().Property<byte[]>("Written").IsRowVersion();

    /// <summary>A table that has a trigger refuses the clause, and a fence is made of triggers.</summary>
    public void CompleteModel(ModelBuilder model)
    {
        foreach (var type in model.Model.GetEntityTypes().Where(type => !type.IsMappedToJson()))
            type.UseSqlOutputClause(false);
    }

    public bool InsertsAtOnce => true;

    public DbBatch? InsertAtOnce(
        ModuleDbContext context,
        IReadOnlyList<EntityEntry> rows,
        CursorMove? move
    ) => SqlServerMessage.Of(context, rows, move);

    /// <summary>It orders ids by their last bytes first; as texts they have the order that C# gives them.</summary>
    public IOrderedQueryable<DeadLetter> ThenById(IOrderedQueryable<DeadLetter> letters) =>
        letters.ThenByDescending(row => row.Id.ToString());

    public Expression<Func<DeadLetter, bool>> IsBefore(DateTimeOffset at, Guid id)
    {
        var text = id.ToString().ToUpperInvariant();
        return row =>
            row.FirstFailedAt < at || (row.FirstFailedAt == at && row.Id.ToString().CompareTo(text) < 0);
    }

    public Task MigrateAsync(
        DatabaseFacade database,
        string schema,
        MigrationTurn turn,
        CancellationToken cancellationToken
    ) => SqlServerMigrations.ApplyAsync(database, schema, turn, cancellationToken);

    public Task InspectAsync(
        DatabaseFacade database,
        string schema,
        ILogger log,
        CancellationToken cancellationToken
    ) => SqlServerInspection.RunAsync(database, schema, log, cancellationToken);

    /// <summary>
    /// What Entity Framework tries again where it is asked to. It keeps the list with the provider, and better than one
    /// that is copied here could be kept.
    /// </summary>
    private static bool IsKnownToPass(SqlException failure) =>
#pragma warning disable EF1001 // Internal to Entity Framework: a test here holds what is needed of it.
        SqlServerTransientExceptionDetector.ShouldRetryOn(failure);
#pragma warning restore EF1001

    private static bool Has(DbException exception, Func<int, bool> number) =>
        exception is SqlException failure && Errors(failure).Any(error => number(error.Number));

    private static IEnumerable<SqlError> Errors(SqlException failure) => failure.Errors.Cast<SqlError>();
}
