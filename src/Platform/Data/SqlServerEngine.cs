using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Platform.Data;

/// <summary>What the rest of the platform must know of SQL Server.</summary>
internal sealed class SqlServerEngine : IDatabaseEngine
{
    private const int SqlServer2022 = 160;

    /// <summary>The login is wrong, disabled, locked or its password has expired.</summary>
    private static readonly HashSet<int> LoginRefused = [18452, 18456, 18470, 18486, 18487, 18488];

    /// <summary>Errors that are the server's, the network's or the login's, not the statement's.</summary>
    private static readonly HashSet<int> Unreachable =
    [
        -2, // timeout
        -1,
        2,
        20,
        53,
        64,
        121,
        229, // permission denied
        230,
        233,
        258,
        823, // input or output failed
        824,
        825,
        926, // database marked suspect
        945,
        1105, // no room in the filegroup
        3906, // database is read-only
        4060, // database cannot be opened
        4221,
        6005, // shutdown in progress
        9002, // log is full
        10053,
        10054,
        10060,
        10061,
        10928,
        10929,
        11001,
        17142, // server is paused
        18401,
        .. LoginRefused,
        40197,
        40501,
        40613,
        49918,
        49919,
        49920,
    ];

    public DatabaseEngine Name => DatabaseEngine.SqlServer;

    public string ProviderName => "Microsoft.EntityFrameworkCore.SqlServer";

    public string Example => "Server=localhost;Database=monolith;User Id=…;Password=…";

    public string Complete(string connectionString, string schema)
    {
        var given = new SqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrWhiteSpace(given.DataSource))
            throw new ArgumentException("There is no server.", nameof(connectionString));
        if (!given.ShouldSerialize("Application Name"))
            given.ApplicationName = $"monolith-{schema}";
        return given.ConnectionString;
    }

    public void Configure(DbContextOptionsBuilder options, DatabaseChoice choice) =>
        options.UseSqlServer(
            choice.Connection,
            sqlServer =>
                sqlServer
                    .MigrationsHistoryTable("migration", choice.Schema)
                    .UseCompatibilityLevel(SqlServer2022)
        );

    /// <summary>Texts compare and sort by code unit, as they do in C#; by default they would not mind case.</summary>
    public void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        conventions.Properties<string>().UseCollation("Latin1_General_100_BIN2");
        conventions.Properties<Enum>().UseCollation("Latin1_General_100_BIN2");
    }

    public bool IsUnreachable(DbException exception) =>
        exception is SqlException failure && Numbers(failure).Any(Unreachable.Contains);

    public bool IsLoginRefused(DbException exception) =>
        exception is SqlException failure && Numbers(failure).Any(LoginRefused.Contains);

    public bool IsDuplicate(DbException exception) =>
        exception is SqlException failure && Numbers(failure).Any(number => number is 2601 or 2627);

    /// <summary>Chosen as the victim of a deadlock, or beaten to a row under snapshot isolation.</summary>
    public bool IsVictim(DbException exception) =>
        exception is SqlException failure && Numbers(failure).Any(number => number is 1205 or 3960);

    /// <summary>It does not tell whether a row or a whole table was waited for.</summary>
    public bool IsRowLocked(DbException exception) =>
        exception is SqlException failure && Numbers(failure).Any(number => number is 1222);

    public Task LimitLockWaitsAsync(
        DatabaseFacade database,
        TimeSpan patience,
        CancellationToken cancellationToken
    ) => database.ExecuteSqlRawAsync(SqlServerStatements.LimitLockWaits(patience), cancellationToken);

    /// <summary>The lock is granted when every writer in flight has ended, and new ones wait behind it.</summary>
    public async Task WaitOutWritersAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await database.BeginTransactionAsync(cancellationToken);
        await database.ExecuteSqlRawAsync(SqlServerStatements.WaitOutWriters(schema), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>It takes an application lock by itself, before anything is created.</summary>
    public Task MigrateAsync(DatabaseFacade database, string schema, CancellationToken cancellationToken) =>
        database.MigrateAsync(cancellationToken);

    private static IEnumerable<int> Numbers(SqlException failure) =>
        failure.Errors.Cast<SqlError>().Select(error => error.Number);
}

/// <summary>What is written for SQL Server by hand; validated against its model when no server is at hand.</summary>
public static class SqlServerStatements
{
    /// <summary>
    /// Limits how long each statement of this session waits for a lock. It holds until the session is given back to its
    /// pool, and a failed statement ends its transaction, so that nothing is committed in part.
    /// </summary>
    public static string LimitLockWaits(TimeSpan patience) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SET LOCK_TIMEOUT {(long)patience.TotalMilliseconds}; SET XACT_ABORT ON;"
        );

    /// <summary>
    /// Takes, for an instant, a lock that waits for every writer of the schema's outbox in flight, and for two
    /// seconds at most.
    /// </summary>
    public static string WaitOutWriters(string schema) =>
        $"""
            SET LOCK_TIMEOUT 2000;
            DECLARE @waited bigint = (SELECT COUNT_BIG(*) FROM [{schema}].[outbox] WITH (TABLOCK, HOLDLOCK) WHERE [Position] < 0);
            SET LOCK_TIMEOUT -1;
            """;
}
