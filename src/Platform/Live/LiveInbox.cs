using System.Threading.Channels;
using Platform.Streams;

namespace Platform.Live;

/// <summary>Why a connection was woken: an event, a heartbeat, or news that are on no stream.</summary>
internal readonly record struct LiveSignal(StreamEvent? Happened, bool Beat);

/// <summary>
/// What one connection has yet to write. It holds little: a client that does not read gets no say in how much
/// memory it costs.
/// </summary>
/// <param name="drop">Hangs up on a client that has fallen too far behind; it comes back and resumes.</param>
internal sealed class LiveInbox(Action drop)
{
    internal const int Capacity = 64;

    private readonly Channel<LiveSignal> _signals = Channel.CreateBounded<LiveSignal>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );

    private int _woken;

    public void Tell(StreamEvent happened)
    {
        if (!_signals.Writer.TryWrite(new LiveSignal(happened, Beat: false)))
            drop();
    }

    public void Beat() => _signals.Writer.TryWrite(new LiveSignal(Happened: null, Beat: true));

    /// <summary>However often it is called before the connection looks, it looks once.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _woken, 1) == 0)
            _signals.Writer.TryWrite(default);
    }

    public void Close() => _signals.Writer.TryComplete();

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        _signals.Reader.WaitToReadAsync(cancellationToken);

    public bool TryTake(out LiveSignal signal)
    {
        var taken = _signals.Reader.TryRead(out signal);
        if (taken && signal == default)
            Volatile.Write(ref _woken, 0);
        return taken;
    }
}
