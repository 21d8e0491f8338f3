using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Data;
using Platform.Testing;
using Reviews.Data;

namespace Reviews.Tests.Data;

/// <summary>Any number of processes may migrate at the same time, whatever is between them and the server.</summary>
public sealed class ManyMigrateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(TestEngine.PostgreSql);
    private readonly SaidByMigrating _said = new();

    [Fact]
    [Trait("Fault", "S12")]
    public async Task Behind_a_pooler_in_transaction_mode_they_take_turns()
    {
        SkipTestException.ThrowIf(PgBouncer.Missing);
        await using var pooler = await PgBouncer.StartAsync((await _folder.DatabaseAsync())!, connections: 4);
        var choice = Choice(pooler.ConnectionString);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(choice))));
        // None has left anything behind that the next would wait for.
        await MigrateAsync(choice);

        await using var reviews = Open(choice);
        (await reviews.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
        (await HeldLocksAsync()).ShouldBe(0);
    }

    [Fact]
    [Trait("Fault", "S16")]
    public async Task Who_comes_while_another_migrates_waits_for_longer_than_a_command_may_take_and_says_so()
    {
        var choice = Choice(
            new NpgsqlConnectionStringBuilder(await _folder.DatabaseAsync())
            {
                CommandTimeout = 1,
            }.ConnectionString
        );
        await using var other = new NpgsqlConnection(await _folder.DatabaseAsync());
        await other.OpenAsync();
        await using (var taking = new NpgsqlCommand(Lock, other))
            await taking.ExecuteNonQueryAsync();
        var since = TimeProvider.System.GetTimestamp();

        var migrating = MigrateAsync(choice);
        await Eventually.HoldsAsync(
            () =>
                TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(2) || migrating.IsCompleted,
            "a command would have given up"
        );
        migrating.IsCompleted.ShouldBeFalse();
        _said.Lines.ShouldContain(line => line.Contains("Another process migrates 'reviews'"));
        await other.CloseAsync();

        await migrating;
        await using var reviews = Open(choice);
        (await reviews.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "S16")]
    public async Task On_a_file_what_a_killed_process_left_behind_holds_up_nobody()
    {
        using var folder = new TemporaryFolder(TestEngine.Sqlite);
        var choice = DatabaseChoice.Read(
            new ConfigurationBuilder().AddInMemoryCollection(await folder.SettingsAsync()).Build(),
            "Modules:Reviews",
            "reviews"
        );
        await using (var killed = Open(choice))
        {
            await killed.Database.ExecuteSqlAsync(
                $"CREATE TABLE __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT NOT NULL)"
            );
            await killed.Database.ExecuteSqlAsync(
                $"INSERT INTO __EFMigrationsLock VALUES (1, datetime('now'))"
            );
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(choice))));

        await using (var reviews = Open(choice))
            (await reviews.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
        SqliteConnection.ClearAllPools();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _said.Dispose();
    }

    private const string Lock = "SELECT pg_advisory_lock(hashtext('monolith reviews'))";

    private static DatabaseChoice Choice(string connectionString) =>
        DatabaseChoice.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection([
                    new("Database:Engine", "PostgreSql"),
                    new("Database:ConnectionString", connectionString),
                ])
                .Build(),
            "Modules:Reviews",
            "reviews"
        );

    private async Task MigrateAsync(DatabaseChoice choice)
    {
        await using var reviews = Open(choice);
        await DatabaseMigration.ApplyAsync(reviews, "reviews", CancellationToken.None);
    }

    private ReviewsDbContext Open(DatabaseChoice choice)
    {
        var options = new DbContextOptionsBuilder<ReviewsDbContext>();
        choice.Configure(options);
        options.UseLoggerFactory(_said.Factory);
        return new ReviewsDbContext(options.Options, TimeProvider.System);
    }

    private async Task<long> HeldLocksAsync()
    {
        await using var connection = new NpgsqlConnection(await _folder.DatabaseAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            connection
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What is logged, whoever logs it.</summary>
    private sealed class SaidByMigrating : ILoggerProvider, ILogger
    {
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];

        public SaidByMigrating() => Factory = LoggerFactory.Create(logging => logging.AddProvider(this));

        public ILoggerFactory Factory { get; }

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lock)
                    return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (_lock)
                _lines.Add(formatter(state, exception));
        }

        public void Dispose() { }
    }
}
