using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Platform.Data;

/// <summary>
/// Lets no more callers at a pool of connections than it has, and has them wait here rather than there. Of callers who
/// give up while they wait in Npgsql's pool, some take a connection along (dotnet/runtime 132094), until none is left and
/// only a restart helps; and nobody who waits here takes a thread.
/// </summary>
internal sealed class ConnectionTurns : DbConnectionInterceptor
{
    private static readonly ConcurrentDictionary<string, ConnectionTurns> All = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _free;
    private readonly TimeSpan _patience;

    private ConnectionTurns(SemaphoreSlim free, TimeSpan patience) => (_free, _patience) = (free, patience);

    /// <summary>The one of this process for a connection string, as there is one pool for it.</summary>
    /// <param name="connectionString">Whose pool it is.</param>
    /// <param name="size">Its most connections; null when they are not pooled.</param>
    /// <param name="patience">How many seconds to wait for one; 0 for as long as it takes.</param>
    public static ConnectionTurns Of(string connectionString, int? size, int patience) =>
        All.GetOrAdd(
            connectionString,
            _ => new ConnectionTurns(
                new SemaphoreSlim(size ?? int.MaxValue),
                patience > 0 ? TimeSpan.FromSeconds(patience) : Timeout.InfiniteTimeSpan
            )
        );

    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        if (!await _free.WaitAsync(_patience, cancellationToken))
            throw FailureToOpen.Noted(new TimeoutException("No connection was free in time."));
        var turn = new Turn(connection, _free);
        try
        {
            // Without the caller's token: there is a connection, or one is made within the time that is set for it.
            await connection.OpenAsync(CancellationToken.None);
        }
        catch (Exception failure)
        {
            turn.End();
            FailureToOpen.Noted(failure);
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
