using RabbitMQ.Client;
using RabbitChannel = RabbitMQ.Client.IChannel;

namespace Platform.Brokers;

/// <summary>
/// One connection to RabbitMQ, opened anew by whoever needs it next. A broker that is short of memory or disk stops
/// reading from connections that publish, so those who receive have another one.
/// </summary>
internal sealed class RabbitMqConnection(ConnectionFactory factory, string purpose) : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);

    /// <summary>The client waits for ever for the greeting of a server that has let it in.</summary>
    private static readonly TimeSpan GreetedWithin = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _connecting = new(1, 1);
    private TaskCompletionSource<string> _blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IConnection? _connection;

    /// <summary>Ends with the broker's reason when it stops to read what is published here.</summary>
    public Task<string> Blocked => Volatile.Read(ref _blocked).Task;

    public async Task<RabbitChannel> ChannelAsync(bool confirms, CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: false } lost)
            {
                _connection = null;
                await CloseAsync(lost);
            }
            _connection ??= await OpenAsync(cancellationToken);
            // Without a limiter of its own, which would delay messages and so mix up their order.
            return await _connection.CreateChannelAsync(
                new CreateChannelOptions(
                    confirms,
                    confirms,
                    outstandingPublisherConfirmationsRateLimiter: null
                ),
                cancellationToken
            );
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Gives up a connection on which the broker does not answer.</summary>
    public async Task AbandonAsync()
    {
        Unblock();
        if (Interlocked.Exchange(ref _connection, null) is { } silent)
            await CloseAsync(silent);
    }

    public async ValueTask DisposeAsync()
    {
        await AbandonAsync();
        _connecting.Dispose();
    }

    private async Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await GreetAsync(cancellationToken);
        Unblock();
        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            _blocked.TrySetResult(blocked.Reason);
            return Task.CompletedTask;
        };
        connection.ConnectionShutdownAsync += (_, _) =>
        {
            Unblock();
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            Unblock();
            return Task.CompletedTask;
        };
        return connection;
    }

    private async Task<IConnection> GreetAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var greeted = factory.CreateConnectionAsync(
            $"{factory.ClientProvidedName} {purpose}",
            patience.Token
        );
        try
        {
            return await greeted.WaitAsync(GreetedWithin, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BrokerException(
                "Broker:ConnectionString: something at that address lets RabbitMQ's clients in and does not answer."
            );
        }
        finally
        {
            if (!greeted.IsCompleted)
            {
                await patience.CancelAsync();
                _ = CloseLateAsync(greeted);
            }
        }
    }

    private static async Task CloseLateAsync(Task<IConnection> greeted)
    {
        await ((Task)greeted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (greeted.IsCompletedSuccessfully)
            await CloseAsync(await greeted);
    }

    private void Unblock()
    {
        if (_blocked.Task.IsCompleted)
            Volatile.Write(ref _blocked, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Says goodbye, and does not wait long for the answer: a blocked broker gives none.</summary>
    private static async Task CloseAsync(IConnection connection)
    {
        await connection.AbortAsync(GoodbyeWithin).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync();
    }
}
