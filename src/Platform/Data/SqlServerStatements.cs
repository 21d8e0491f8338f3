using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Platform.Data;

/// <summary>What is written for SQL Server by hand; validated against its model when no server is at hand.</summary>
public static class SqlServerStatements
{
    /// <summary>Whether readers wait for writers: 1 or 0.</summary>
    public const string ReadersWait =
        "SELECT CAST(1 - [is_read_committed_snapshot_on] AS int) AS [Value] FROM [sys].[databases] WHERE [database_id] = DB_ID()";

    /// <summary>Lets readers not wait for writers in a database that was created and never got any further.</summary>
    public const string ReadersDoNotWait = """
        IF (SELECT [is_read_committed_snapshot_on] FROM [sys].[databases] WHERE [database_id] = DB_ID()) = 0
            AND NOT EXISTS (SELECT * FROM [sys].[tables])
            EXEC (N'ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE');
        """;

    /// <summary>The number of the row that was written last to any outbox of the database.</summary>
    public const string LastWritten = "SELECT CAST(@@DBTS AS bigint) AS [Value]";

    /// <summary>The lowest number of a row whose transaction has not ended; the next to be given where there is none.</summary>
    public const string FirstInFlight = "SELECT CAST(MIN_ACTIVE_ROWVERSION() AS bigint) AS [Value]";

    /// <summary>Begins a message that is a transaction: whatever fails in it ends it, and nothing of it is done.</summary>
    public const string BeginAtOnce = "SET XACT_ABORT ON; BEGIN TRANSACTION; ";

    /// <summary>Ends a message that is a transaction.</summary>
    public const string CommitAtOnce = "COMMIT TRANSACTION;";

    /// <summary>Takes the application lock <c>@name</c> for this session, or yields less than 0 at once.</summary>
    public const string TryLock = """
        DECLARE @taken int;
        EXEC @taken = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0, @DbPrincipal = 'public';
        SELECT @taken;
        """;

    /// <summary>Gives the application lock <c>@name</c> back.</summary>
    public const string Unlock =
        "EXEC sp_releaseapplock @Resource = @name, @LockOwner = 'Session', @DbPrincipal = 'public';";

    /// <summary>
    /// Limits how long each statement of this session waits for a lock. It holds until the session is given back to its
    /// pool, and a failed statement ends its transaction, so that nothing is committed in part.
    /// </summary>
    public static string LimitLockWaits(TimeSpan patience) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SET LOCK_TIMEOUT {(long)patience.TotalMilliseconds}; SET XACT_ABORT ON;"
        );

    /// <summary>Waits, for two seconds at most, until whoever has written to a table has ended.</summary>
    public static string WaitOutWriters(string schema, string table) =>
        $"SET LOCK_TIMEOUT 2000; DECLARE @rows int; SELECT TOP (0) @rows = 1 FROM [{schema}].[{table}] WITH (TABLOCK, HOLDLOCK);";

    /// <summary>Whether the outbox hands out positions that are taken: 1 or 0.</summary>
    public static string OutboxIsBehind(string schema) =>
        $"""
            SELECT CASE WHEN MAX([Position]) > CAST(IDENT_CURRENT(N'[{schema}].[outbox]') AS bigint) THEN 1 ELSE 0 END AS [Value]
            FROM [{schema}].[outbox]
            """;

    /// <summary>Moves a cursor, and refuses the whole message when it is somewhere else.</summary>
    public static string MoveCursor(string schema) =>
        $"""
            UPDATE [{schema}].[cursor] SET [Position] = @to, [StreamIdentity] = @identity, [EventId] = @event
            WHERE [Stream] = @stream AND [Position] = @from AND [Replays] = @replays;
            IF @@ROWCOUNT <> 1 THROW 50000, N'The cursor is somewhere else.', 1;
            """;

    /// <summary>
    /// Inserts rows of a type that it takes as JSON in <c>@rows0</c>; null where that takes more than one statement.
    /// </summary>
    public static string? Insert(IEntityType type) => JsonInsert.Of(type)?.SqlFrom("@rows0");

    /// <summary>Has the outbox go on behind its highest position.</summary>
    public static string AlignOutbox(string schema) =>
        $"DBCC CHECKIDENT (N'[{schema}].[outbox]', RESEED) WITH NO_INFOMSGS;";
}
