using System.Net;
using System.Net.Sockets;

namespace Platform.Tests.Brokers;

/// <summary>A port where nobody answers until it is opened to a server of this machine.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private Task _opened = Task.CompletedTask;

    public Door()
    {
        using var chosen = new TcpListener(IPAddress.Loopback, 0);
        chosen.Start();
        Port = ((IPEndPoint)chosen.LocalEndpoint).Port;
    }

    public int Port { get; }

    public void OpenTo(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _opened = LetInAsync(listener, port, _closing.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _opened.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private static async Task LetInAsync(TcpListener listener, int port, CancellationToken closing)
    {
        using var _ = listener;
        var visits = new List<Task>();
        try
        {
            while (true)
                visits.Add(AccompanyAsync(await listener.AcceptTcpClientAsync(closing), port, closing));
        }
        finally
        {
            await Task.WhenAll(visits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task AccompanyAsync(TcpClient visitor, int port, CancellationToken closing)
    {
        using var outside = visitor;
        using var inside = new TcpClient();
        await inside.ConnectAsync(IPAddress.Loopback, port, closing);
        await Task.WhenAny(
            outside.GetStream().CopyToAsync(inside.GetStream(), closing),
            inside.GetStream().CopyToAsync(outside.GetStream(), closing)
        );
    }
}
