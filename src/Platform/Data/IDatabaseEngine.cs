using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Platform.Streams;

namespace Platform.Data;

/// <summary>All that differs between engines and that the platform has to know.</summary>
internal interface IDatabaseEngine
{
    DatabaseEngine Name { get; }

    /// <summary>How Entity Framework calls it.</summary>
    string ProviderName { get; }

    /// <summary>A connection string of this engine as anybody would begin one; null when it takes none.</summary>
    string? Example { get; }

    /// <summary>How it says what moving a module's rows takes.</summary>
    IExtractionSql ExtractionSql { get; }

    /// <summary>How it is told to refuse writes to a module's tables, and to note what is changed there.</summary>
    IFenceSql FenceSql { get; }

    /// <summary>How processes on the same database wake each other; null where there is no way, and they look from time to time.</summary>
    INotifications? Notifications => null;

    /// <summary>
    /// At this level a transaction that only reads sees all as of one moment, and keeps no writer away for longer than
    /// it takes to read a few rows.
    /// </summary>
    IsolationLevel ReadingLevel => IsolationLevel.Unspecified;

    /// <summary>
    /// Adds to a connection string what it leaves open. Each schema connects under a name of its own, so that it has
    /// its own pool and an operator sees whose a connection is.
    /// </summary>
    /// <exception cref="ArgumentException">It is none of this engine.</exception>
    string Complete(string connectionString, string schema, string home);

    void Configure(DbContextOptionsBuilder options, DatabaseChoice choice);

    /// <summary>What a module's tables have on this engine alone.</summary>
    void ConfigureModel(ModelBuilder model) { }

    /// <summary>What all of a module's tables have on this engine alone, once they are known.</summary>
    void CompleteModel(ModelBuilder model) { }

    /// <summary>How a module's values are stored where the engine's own way would not compare as C# does.</summary>
    void ConfigureConventions(ModelConfigurationBuilder conventions);

    /// <summary>Whether the database, not the statement, is at fault, so that waiting may help.</summary>
    bool IsUnreachable(DbException exception);

    /// <summary>Whether the database does not let this user in, or not with this password.</summary>
    bool IsLoginRefused(DbException exception);

    /// <summary>Whether a key or unique index has the value already; not the outbox's own, which nobody chooses.</summary>
    bool IsDuplicate(DbException exception);

    /// <summary>Whether the outbox handed out a position that is taken, so that no statement and no race is at fault.</summary>
    bool IsOutboxBehind(DbException exception);

    /// <summary>Whether the engine gave this transaction up in favour of another: trying again is all it takes.</summary>
    bool IsVictim(DbException exception);

    /// <summary>
    /// Whether a row that the statement asked for is another transaction's for longer than was to be waited. A whole
    /// table that is locked is not meant: whatever needs it waits alike, as for a database that is away.
    /// </summary>
    bool IsRowLocked(DbException exception);

    /// <summary>Whether a fence around a module's tables refused it: the module is at home elsewhere, or nowhere.</summary>
    bool IsFenced(DbException exception) => FenceSql.IsRefusal(exception);

    /// <summary>Limits how long each statement of the transaction that has begun waits for a lock.</summary>
    Task LimitLockWaitsAsync(
        DatabaseFacade database,
        TimeSpan patience,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    /// <summary>The table whose row is locked, and by whom, as far as the engine tells.</summary>
    Task<(string? Table, string? Holder)> WhoLocksAsync(
        DatabaseFacade database,
        string schema,
        DbException locked,
        CancellationToken cancellationToken
    ) => Task.FromResult<(string?, string?)>((null, null));

    /// <summary>Whether it can insert rows of several tables in one message that is a transaction by itself.</summary>
    bool InsertsAtOnce => false;

    /// <summary>Lists dead letters by id as C# orders ids, so that those of several databases make one list.</summary>
    IOrderedQueryable<DeadLetter> ThenById(IOrderedQueryable<DeadLetter> letters) =>
        letters.ThenByDescending(row => row.Id);

    /// <summary>The dead letters that come before an id in the order of <see cref="ThenById"/>.</summary>
    Expression<Func<DeadLetter, bool>> IsBefore(DateTimeOffset at, Guid id) =>
        row => row.FirstFailedAt < at || (row.FirstFailedAt == at && row.Id.CompareTo(id) < 0);

    /// <summary>
    /// The one message that inserts rows, and moves a cursor along with them: it commits whole or not at all, and is
    /// refused when the cursor is not where the move begins.
    /// </summary>
    /// <returns>Null when these rows take more than that.</returns>
    DbBatch? InsertAtOnce(ModuleDbContext context, IReadOnlyList<EntityEntry> rows, CursorMove? move) => null;

    /// <summary>
    /// Where a database is, in words that differ between two copies of it and not between two processes that share it;
    /// null when the engine's server is the place.
    /// </summary>
    string? OriginOf(DatabaseFacade database) => null;

    /// <summary>Returns once every transaction that was writing to the schema's outbox has ended.</summary>
    Task WaitOutWritersAsync(DatabaseFacade database, string schema, CancellationToken cancellationToken);

    /// <summary>Returns once every transaction that was writing to one of a schema's tables has ended.</summary>
    /// <exception cref="WritersInFlightException">One has not ended for two seconds.</exception>
    Task WaitOutWritersAsync(
        DatabaseFacade database,
        string schema,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    );

    /// <summary>Applies what is pending, one process at a time.</summary>
    Task MigrateAsync(
        DatabaseFacade database,
        string schema,
        MigrationTurn turn,
        CancellationToken cancellationToken
    );

    /// <summary>Looks at what must be right before anybody works on a schema, sets right what it can and says the rest.</summary>
    /// <exception cref="OutboxBehindException">The outbox would hand out positions that are taken.</exception>
    Task InspectAsync(
        DatabaseFacade database,
        string schema,
        ILogger log,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    /// <summary>Closes connections that a failure has shown to be no good any more, so that new ones are made.</summary>
    void GiveUpConnections(DbConnection? connection, Exception failure);
}

/// <summary>The engines there are.</summary>
internal static class DatabaseEngines
{
    public static readonly IReadOnlyList<IDatabaseEngine> All =
    [
        new SqliteEngine(),
        new SqlServerEngine(),
        new PostgreSqlEngine(),
    ];

    public static IDatabaseEngine Of(DatabaseEngine name) => All.Single(engine => engine.Name == name);

    /// <summary>The engine that a context was configured with.</summary>
    public static IDatabaseEngine Of(DatabaseFacade database) =>
        All.Single(engine => engine.ProviderName == database.ProviderName);
}
