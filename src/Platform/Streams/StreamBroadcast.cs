using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Telemetry;

namespace Platform.Streams;

/// <summary>
/// Tells any number of listeners in this process what happens on a stream, without a stored cursor. One reader per
/// stream serves them all, so that a thousand open pages cost one query.
/// </summary>
internal sealed class StreamBroadcast(
    StreamSources sources,
    StreamSignals signals,
    StreamOptions options,
    TimeProvider clock,
    IHostApplicationLifetime lifetime,
    IncidentLog incidents,
    ILoggerFactory loggers
)
{
    private const int RowsAtATime = 500;

    private readonly ConcurrentDictionary<string, Lazy<Task<Channel>>> _channels = new(
        StringComparer.Ordinal
    );

    /// <summary>Follows the events of one key.</summary>
    /// <param name="stream">A stream that this process reads.</param>
    /// <param name="key">The aggregate's id.</param>
    /// <param name="after">
    /// The last position the listener has seen: what it missed comes first. Null begins with what happens next.
    /// </param>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <exception cref="ArgumentException">This process does not read the stream.</exception>
    public async IAsyncEnumerable<StreamEvent> FollowAsync(
        string stream,
        Guid key,
        long? after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var inbox = System.Threading.Channels.Channel.CreateUnbounded<StreamEvent>(
            new UnboundedChannelOptions { SingleReader = true }
        );
        var topic = StreamTopic.Of(key);
        using var listening = await ListenAsync(
            stream,
            topic,
            happened => inbox.Writer.TryWrite(happened),
            cancellationToken
        );
        if (after is { } position)
        {
            await foreach (
                var missed in MissedAsync(stream, topic, position, listening.Since, cancellationToken)
            )
                yield return missed;
        }
        await foreach (var happened in inbox.Reader.ReadAllAsync(cancellationToken))
            yield return happened;
    }

    /// <summary>Has <paramref name="tell"/> called with each event of a topic from now on, until disposed.</summary>
    /// <param name="stream">A stream that this process reads.</param>
    /// <param name="topic">Which of its events.</param>
    /// <param name="tell">Called in order, one event at a time. It must return at once.</param>
    /// <param name="cancellationToken">Ends the waiting for the stream's reader to start.</param>
    /// <exception cref="ArgumentException">This process does not read the stream.</exception>
    public async Task<Listening> ListenAsync(
        string stream,
        StreamTopic topic,
        Action<StreamEvent> tell,
        CancellationToken cancellationToken
    )
    {
        var channel = await OpenAsync(SourceOf(stream)).WaitAsync(cancellationToken);
        return channel.Add(topic, tell);
    }

    /// <summary>The events of a topic behind <paramref name="after"/>, up to a position that is told of already.</summary>
    public async IAsyncEnumerable<StreamEvent> MissedAsync(
        string stream,
        StreamTopic topic,
        long after,
        long upTo,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var source = SourceOf(stream);
        for (var position = after; position < upTo; )
        {
            var events = await source.ReadAsync(position, RowsAtATime, cancellationToken);
            foreach (var missed in events.Where(read => read.Position <= upTo && topic.Includes(read)))
                yield return missed;
            if (events.Count == 0)
                yield break;
            position = events[^1].Position;
        }
    }

    private IStreamSource SourceOf(string stream) =>
        sources.Find(stream) ?? throw new ArgumentException($"No stream '{stream}' here.", nameof(stream));

    /// <summary>One start serves all who wait for it; one that failed, as when the database is away, is forgotten.</summary>
    private async Task<Channel> OpenAsync(IStreamSource source)
    {
        var starting = _channels.GetOrAdd(
            source.Stream,
            _ => new Lazy<Task<Channel>>(() => StartAsync(source))
        );
        try
        {
            return await starting.Value;
        }
        catch
        {
            _channels.TryRemove(new(source.Stream, starting));
            throw;
        }
    }

    private async Task<Channel> StartAsync(IStreamSource source)
    {
        var stopping = lifetime.ApplicationStopping;
        var channel = new Channel(await source.HeadAsync(stopping));
        _ = Task.Run(() => ReadAsync(source, channel, stopping), CancellationToken.None);
        return channel;
    }

    private async Task ReadAsync(IStreamSource source, Channel channel, CancellationToken stopping)
    {
        var reader = new GaplessReader(source, options, clock, loggers.CreateLogger<GaplessReader>());
        var logger = loggers.CreateLogger<StreamBroadcast>();
        using var signal = signals.Listen(source.Stream);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var events = await reader.ReadAsync(channel.Position, RowsAtATime, stopping);
                foreach (var happened in events)
                    channel.Tell(happened);
                if (!reader.HasMore)
                    await signal.WaitAsync(options.Poll, clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (DatabaseFailure.IsUnreachable(failure))
                    incidents.Tell($"The broadcast of {source.Stream}", failure);
                else
                    logger.LogWarning(
                        failure,
                        "Stream {Stream}: cannot be broadcast; trying again",
                        source.Stream
                    );
                await Task.Delay(options.Recovery, clock, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Somebody who is told of a topic until this is disposed.</summary>
    public sealed class Listening(long since, Action stop) : IDisposable
    {
        /// <summary>What comes behind this position is told.</summary>
        public long Since { get; } = since;

        public void Dispose() => stop();
    }

    /// <summary>The listeners of one stream, by topic, and how far they have been told.</summary>
    private sealed class Channel(long position)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<StreamTopic, List<Action<StreamEvent>>> _listeners = [];

        /// <summary>How many listeners there are to each member of payloads, so that others are never parsed.</summary>
        private readonly Dictionary<string, int> _members = new(StringComparer.Ordinal);

        public long Position { get; private set; } = position;

        public Listening Add(StreamTopic topic, Action<StreamEvent> listener)
        {
            lock (_lock)
            {
                if (!_listeners.TryGetValue(topic, out var listeners))
                    _listeners[topic] = listeners = [];
                listeners.Add(listener);
                if (topic.Member is { } member)
                    _members[member] = _members.GetValueOrDefault(member) + 1;
                return new Listening(Position, () => Remove(topic, listener));
            }
        }

        public void Tell(StreamEvent happened)
        {
            lock (_lock)
            {
                Position = happened.Position;
                Tell(StreamTopic.Of(happened.Key), happened);
                foreach (var (member, _) in _members)
                {
                    if (StreamTopic.In(happened, member) is { } topic)
                        Tell(topic, happened);
                }
            }
        }

        private void Tell(StreamTopic topic, StreamEvent happened)
        {
            if (!_listeners.TryGetValue(topic, out var listeners))
                return;
            foreach (var listener in listeners)
                listener(happened);
        }

        private void Remove(StreamTopic topic, Action<StreamEvent> listener)
        {
            lock (_lock)
            {
                if (!_listeners.TryGetValue(topic, out var listeners) || !listeners.Remove(listener))
                    return;
                if (listeners.Count == 0)
                    _listeners.Remove(topic);
                if (topic.Member is { } member && --_members[member] == 0)
                    _members.Remove(member);
            }
        }
    }
}
