using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Platform.Data;
using Platform.Testing;

namespace Platform.Tests.Data;

/// <summary>A pool has as many connections after trouble as before.</summary>
public sealed class ConnectionTurnsTests : IAsyncLifetime
{
    private const int Size = 3;

    private readonly TemporaryFolder _folder = new(TestEngine.PostgreSql);
    private DbContextOptions _options = null!;

    public async ValueTask InitializeAsync()
    {
        var address = new NpgsqlConnectionStringBuilder(await _folder.DatabaseAsync())
        {
            MaxPoolSize = Size,
            Timeout = 20,
        };
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Database:Engine", "PostgreSql"),
                new("Database:ConnectionString", address.ConnectionString),
            ])
            .Build();
        var options = new DbContextOptionsBuilder();
        new PostgreSqlEngine().Configure(
            options,
            DatabaseChoice.Read(configuration, "Modules:Orders", "orders")
        );
        _options = options.Options;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Callers_who_give_up_while_they_wait_take_no_connection_along()
    {
        var gaveUp = await Task.WhenAll(Enumerable.Range(0, 600).Select(number => GivesUpAsync(number % 40)));

        gaveUp.ShouldContain(true);
        await AllAreThereAsync();
    }

    [Fact]
    public async Task A_connection_that_the_server_ends_makes_room_for_another()
    {
        await using (var lost = new DbContext(_options))
        await using (var other = new DbContext(_options))
        {
            await lost.Database.OpenConnectionAsync();
            await other.Database.ExecuteSqlRawAsync(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """
            );
            await Should.ThrowAsync<NpgsqlException>(() => lost.Database.ExecuteSqlRawAsync("SELECT 1"));
        }

        await AllAreThereAsync();
    }

    private async Task<bool> GivesUpAsync(int afterMilliseconds)
    {
        using var patience = new CancellationTokenSource(afterMilliseconds);
        await using var context = new DbContext(_options);
        try
        {
            await context.Database.ExecuteSqlRawAsync("SELECT pg_sleep(0.002)", patience.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task AllAreThereAsync()
    {
        var contexts = Enumerable.Range(0, Size).Select(_ => new DbContext(_options)).ToList();
        foreach (var context in contexts)
            await context.Database.OpenConnectionAsync();
        foreach (var context in contexts)
            await context.DisposeAsync();
    }
}
