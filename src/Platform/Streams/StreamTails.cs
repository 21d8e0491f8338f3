using System.Collections.Concurrent;

namespace Platform.Streams;

/// <summary>Hands what this process commits to who follows it here, and wakes them.</summary>
internal sealed class StreamTails(StreamSignals signals)
{
    private readonly ConcurrentDictionary<string, StreamTail> _tails = new(StringComparer.Ordinal);

    public StreamTail Of(string stream) => _tails.GetOrAdd(stream, _ => new StreamTail());

    /// <summary>Hands on what is committed for good.</summary>
    public void Append(string stream, IEnumerable<StreamEvent> committed)
    {
        var tail = Of(stream);
        foreach (var happened in committed)
            tail.Add(happened);
        signals.Raise(stream);
    }
}
