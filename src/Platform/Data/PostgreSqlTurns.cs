using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Platform.Data;

/// <summary>
/// Lets no more callers at a pool of connections than it has, and has them wait here rather than there: of callers
/// who give up while they wait in Npgsql's pool, some take a connection along (dotnet/runtime 132094), until none is
/// left and only a restart helps.
/// </summary>
internal sealed class PostgreSqlTurns : DbConnectionInterceptor
{
    private static readonly ConcurrentDictionary<string, PostgreSqlTurns> All = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _free;
    private readonly TimeSpan _patience;

    private PostgreSqlTurns(SemaphoreSlim free, TimeSpan patience) => (_free, _patience) = (free, patience);

    /// <summary>The one of this process for a connection string, as there is one pool for it.</summary>
    public static PostgreSqlTurns Of(string connectionString) => All.GetOrAdd(connectionString, New);

    private static PostgreSqlTurns New(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return new PostgreSqlTurns(
            new SemaphoreSlim(settings.Pooling ? settings.MaxPoolSize : int.MaxValue),
            settings.Timeout > 0 ? TimeSpan.FromSeconds(settings.Timeout) : Timeout.InfiniteTimeSpan
        );
    }

    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        if (!await _free.WaitAsync(_patience, cancellationToken))
            throw new NpgsqlException("No connection was free in time.", new TimeoutException());
        var turn = new Turn(connection, _free);
        try
        {
            // Without the caller's token: there is a connection, or one is made within the time that is set for it.
            await connection.OpenAsync(CancellationToken.None);
        }
        catch
        {
            turn.End();
            throw;
        }
        return InterceptionResult.Suppress();
    }

    /// <summary>Ends when the connection is closed, or breaks.</summary>
    private sealed class Turn
    {
        private readonly DbConnection _connection;
        private readonly SemaphoreSlim _free;
        private int _ended;

        public Turn(DbConnection connection, SemaphoreSlim free)
        {
            (_connection, _free) = (connection, free);
            connection.StateChange += OnStateChange;
        }

        public void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 1)
                return;
            _connection.StateChange -= OnStateChange;
            _free.Release();
        }

        private void OnStateChange(object sender, StateChangeEventArgs change)
        {
            if (change.CurrentState is ConnectionState.Closed or ConnectionState.Broken)
                End();
        }
    }
}
