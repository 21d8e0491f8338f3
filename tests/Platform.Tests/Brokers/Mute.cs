using System.Net;
using System.Net.Sockets;

namespace Platform.Tests.Brokers;

/// <summary>A server that lets everybody in and never says a word.</summary>
internal sealed class Mute : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _listening;
    private int _visits;

    public Mute()
    {
        _listener.Start();
        _listening = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many have come so far.</summary>
    public int Visits => Volatile.Read(ref _visits);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task ListenAsync()
    {
        var visitors = new List<TcpClient>();
        try
        {
            while (true)
            {
                visitors.Add(await _listener.AcceptTcpClientAsync(_closing.Token));
                Interlocked.Increment(ref _visits);
            }
        }
        finally
        {
            visitors.ForEach(visitor => visitor.Dispose());
        }
    }
}
