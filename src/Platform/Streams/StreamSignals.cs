using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Platform.Streams;

/// <summary>Tells readers in this process that a stream has something new, so that none waits for a poll.</summary>
internal sealed class StreamSignals
{
    /// <summary>The name that no stream has, for who listens to them all.</summary>
    private const string All = "";

    private readonly Bells _readers = new();
    private readonly Bells _messengers = new();

    /// <summary>Something was said on a stream in this process.</summary>
    public void Raise(string stream)
    {
        Hear(stream);
        TellReplicas(stream);
    }

    /// <summary>Something was said on a stream, wherever that was.</summary>
    public void Hear(string stream)
    {
        _readers.Ring(stream);
        _readers.Ring(All);
    }

    /// <summary>Other replicas may want to look, too.</summary>
    public void TellReplicas(string stream) => _messengers.Ring(stream);

    /// <summary>Something changed that is no event: only who listens to everything is told.</summary>
    public void RaiseForAll() => _readers.Ring(All);

    /// <summary>A bell that rings when this process hears of anything, on whichever stream, and with <see cref="RaiseForAll"/>.</summary>
    public StreamSignal ListenToAll() => Listen(All);

    public StreamSignal Listen(string stream) => _readers.Add(stream);

    /// <summary>A bell that rings for who tells other replicas.</summary>
    public StreamSignal ListenForReplicas(string stream) => _messengers.Add(stream);

    /// <summary>Who is woken, by stream.</summary>
    private sealed class Bells
    {
        private readonly ConcurrentDictionary<string, ConcurrentDictionary<StreamSignal, byte>> _signals =
            new(StringComparer.Ordinal);

        public StreamSignal Add(string stream)
        {
            var signals = _signals.GetOrAdd(stream, _ => new ConcurrentDictionary<StreamSignal, byte>());
            var signal = new StreamSignal(gone => signals.TryRemove(gone, out _));
            signals.TryAdd(signal, 0);
            return signal;
        }

        public void Ring(string stream)
        {
            if (!_signals.TryGetValue(stream, out var signals))
                return;
            foreach (var signal in signals.Keys)
                signal.Set();
        }
    }
}

/// <summary>One reader's bell: rung any number of times, it wakes the reader once.</summary>
internal sealed class StreamSignal(Action<StreamSignal> stop) : IDisposable
{
    private readonly Channel<byte> _bell = Channel.CreateBounded<byte>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Whether it has rung and nobody has waited since.</summary>
    public bool IsSet => _bell.Reader.Count > 0;

    public void Set() => _bell.Writer.TryWrite(0);

    /// <summary>Returns when the bell rings, or after <paramref name="patience"/>, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (_bell.Reader.TryRead(out _))
            return;
        using var patient = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patient.Token, cancellationToken);
        try
        {
            // Not ReadAsync: one that gives up may take the ring along (dotnet/runtime 132094).
            if (await _bell.Reader.WaitToReadAsync(either.Token))
                _bell.Reader.TryRead(out _);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Patience ran out: the reader looks for itself.
        }
    }

    public void Dispose() => stop(this);
}
