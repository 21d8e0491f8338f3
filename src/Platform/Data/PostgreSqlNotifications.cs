using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Platform.Data;

/// <summary><c>NOTIFY</c> and <c>LISTEN</c>, which every login may. Through a pooler that shares sessions nothing is heard.</summary>
internal sealed class PostgreSqlNotifications : INotifications
{
    /// <summary>Finds out after so many seconds that the other end has gone without a word.</summary>
    private const int KeepAlive = 30;

    /// <summary>After a failover that closes no connection this one would lead to the former server for good.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    public Task NotifyAsync(
        DatabaseFacade database,
        string schema,
        string text,
        CancellationToken cancellationToken
    ) => database.ExecuteSqlAsync($"SELECT pg_notify({ChannelOf(schema)}, {text})", cancellationToken);

    public async Task ListenAsync(
        DatabaseChoice choice,
        Action listening,
        Action<string> hear,
        CancellationToken cancellationToken
    )
    {
        // It is never idle, so it is none of the pool's.
        var settings = new NpgsqlConnectionStringBuilder(choice.Connection)
        {
            Pooling = false,
            KeepAlive = KeepAlive,
        };
        settings.ApplicationName += " (listens)";
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, told) => hear(told.Payload);
        await connection.OpenAsync(cancellationToken);
        await using (var command = new NpgsqlCommand($"LISTEN \"{ChannelOf(choice.Schema)}\"", connection))
            await command.ExecuteNonQueryAsync(cancellationToken);
        listening();
        var since = TimeProvider.System.GetTimestamp();
        while (Lasts - TimeProvider.System.GetElapsedTime(since) is { Ticks: > 0 } left)
            await connection.WaitAsync(left, cancellationToken);
    }

    private static string ChannelOf(string schema) => $"monolith_{schema}";
}
