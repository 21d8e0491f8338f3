using System.Security.Cryptography;
using System.Text;
using Platform.Streams;

namespace Platform.Testing;

/// <summary>
/// The stream of a module that is not part of the test: the test says what happens on it. The same story told again
/// under the same identity is the same stream, so that it can be told anew in another process.
/// </summary>
public sealed class PlantedStream(string stream) : IStreamSource
{
    private readonly Lock _lock = new();
    private readonly List<StreamEvent> _events = [];

    /// <summary>Called when something is said.</summary>
    internal Action? Said { get; set; }

    public string Stream => stream;

    /// <summary>What reading the stream fails with; null while it can be read.</summary>
    public Exception? Away { get; set; }

    /// <summary>Which stream it is; that of a publisher's older copy is the same.</summary>
    public Guid Identity { get; init; } = Guid.CreateVersion7();

    /// <summary>Says an event on the stream, and wakes whoever follows it.</summary>
    /// <returns>Its position.</returns>
    public long Say(Guid key, object happened) => Say(key, happened, DateTimeOffset.UnixEpoch);

    /// <inheritdoc cref="Say(Guid, object)"/>
    public long Say(Guid key, object happened, DateTimeOffset at)
    {
        var type = EventType.Of(happened.GetType());
        return SayRaw(key, type.Alias, type.Serialize(happened), at);
    }

    /// <summary>Says anything, however wrong.</summary>
    public long SayRaw(Guid key, string alias, string payload, DateTimeOffset at = default)
    {
        long position;
        lock (_lock)
        {
            position = _events.Count == 0 ? 1 : _events[^1].Position + 1;
            _events.Add(
                new StreamEvent(position, IdOf(position, key, payload), alias, key, payload, at, null)
            );
        }
        Said?.Invoke();
        return position;
    }

    /// <summary>Forgets what was said behind a position, as an older copy of the publisher's database does.</summary>
    public void PutBackTo(long position)
    {
        lock (_lock)
            _events.RemoveAll(one => one.Position > position);
    }

    public Task<IReadOnlyList<StreamEvent>> ReadAsync(
        long position,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (Away is { } away)
            return Task.FromException<IReadOnlyList<StreamEvent>>(away);
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<StreamEvent>>([
                .. _events.Where(one => one.Position > position).Take(limit),
            ]);
        }
    }

    public Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        if (Away is { } away)
            return Task.FromException<long>(away);
        lock (_lock)
            return Task.FromResult(_events.Count == 0 ? 0 : _events[^1].Position);
    }

    public Task<StreamStanding> StandingAsync(long position, CancellationToken cancellationToken)
    {
        if (Away is { } away)
            return Task.FromException<StreamStanding>(away);
        lock (_lock)
        {
            return Task.FromResult(
                new StreamStanding(
                    Identity,
                    _events.Count == 0 ? 0 : _events[^1].Position,
                    TrimmedTo: 0,
                    _events.Find(one => one.Position == position)?.EventId
                )
            );
        }
    }

    public Task<StreamPlace> PlaceAsync(
        long upTo,
        DateTimeOffset? saidBy,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            var newest = _events.FindLast(one =>
                one.Position <= upTo && (saidBy is null || one.OccurredAt <= saidBy)
            );
            return Task.FromResult(new StreamPlace(Identity, newest?.Position ?? 0, newest?.EventId));
        }
    }

    public Task WaitOutWritersAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Guid IdOf(long position, Guid key, string payload) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Identity} {position} {key} {payload}")).AsSpan(0, 16));
}
