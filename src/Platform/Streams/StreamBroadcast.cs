using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
        var source =
            sources.Find(stream)
            ?? throw new ArgumentException($"No stream '{stream}' here.", nameof(stream));
        var channel = await OpenAsync(source).WaitAsync(cancellationToken);
        var inbox = System.Threading.Channels.Channel.CreateUnbounded<StreamEvent>(
            new UnboundedChannelOptions { SingleReader = true }
        );
        var seen = channel.Add(key, inbox.Writer);
        try
        {
            if (after is { } position)
            {
                await foreach (var missed in MissedAsync(source, key, position, seen, cancellationToken))
                    yield return missed;
            }
            await foreach (var happened in inbox.Reader.ReadAllAsync(cancellationToken))
            {
                if (happened.Position > seen)
                    yield return happened;
            }
        }
        finally
        {
            channel.Remove(key, inbox.Writer);
        }
    }

    private static async IAsyncEnumerable<StreamEvent> MissedAsync(
        IStreamSource source,
        Guid key,
        long after,
        long upTo,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var position = after; position < upTo; )
        {
            var events = await source.ReadAsync(position, RowsAtATime, cancellationToken);
            foreach (var missed in events.Where(read => read.Key == key && read.Position <= upTo))
                yield return missed;
            if (events.Count == 0)
                yield break;
            position = events[^1].Position;
        }
    }

    private Task<Channel> OpenAsync(IStreamSource source) =>
        _channels.GetOrAdd(source.Stream, _ => new Lazy<Task<Channel>>(() => StartAsync(source))).Value;

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
                if (events.Count == 0)
                    await signal.WaitAsync(options.Poll, clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
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

    /// <summary>The listeners of one stream, by key, and how far they have been told.</summary>
    private sealed class Channel(long position)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<Guid, List<ChannelWriter<StreamEvent>>> _listeners = [];

        public long Position { get; private set; } = position;

        /// <summary>Adds a listener; it is told what comes behind the returned position.</summary>
        public long Add(Guid key, ChannelWriter<StreamEvent> listener)
        {
            lock (_lock)
            {
                if (!_listeners.TryGetValue(key, out var listeners))
                    _listeners[key] = listeners = [];
                listeners.Add(listener);
                return Position;
            }
        }

        public void Remove(Guid key, ChannelWriter<StreamEvent> listener)
        {
            lock (_lock)
            {
                if (
                    _listeners.TryGetValue(key, out var listeners)
                    && listeners.Remove(listener)
                    && listeners.Count == 0
                )
                    _listeners.Remove(key);
            }
        }

        public void Tell(StreamEvent happened)
        {
            lock (_lock)
            {
                Position = happened.Position;
                if (!_listeners.TryGetValue(happened.Key, out var listeners))
                    return;
                foreach (var listener in listeners)
                    listener.TryWrite(happened);
            }
        }
    }
}
