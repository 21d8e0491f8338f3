using Microsoft.Extensions.Logging;

namespace Platform.Streams;

/// <summary>
/// Reads a stream without skipping what commits late. Positions are handed out before they commit, so a gap may
/// be a transaction still in flight: it is waited for, and passed over only when it is certain to have been
/// rolled back (or trimmed).
/// </summary>
internal sealed class GaplessReader(
    IStreamSource source,
    StreamOptions options,
    TimeProvider clock,
    ILogger<GaplessReader> logger
) : IStreamReader
{
    private static readonly TimeSpan Reread = TimeSpan.FromMilliseconds(1);

    /// <summary>An outbox that can be read has no obstacles: what waits in it will come.</summary>
    public Obstacle? Obstacle => null;

    public bool HasMore { get; private set; }

    public bool CanReadAgain => true;

    public bool IsAgreed => true;

    public Guid? Identity { get; private set; }

    public async Task VerifyAsync(StreamPlace place, CancellationToken cancellationToken)
    {
        var standing = await source.StandingAsync(place.Position, cancellationToken);
        if (await source.DifferenceFromAsync(place, standing, cancellationToken) is { } difference)
            throw new StreamDivergedException(source.Stream, difference);
        Identity = standing.Identity;
    }

    Task<IReadOnlyList<StreamEvent>> IStreamReader.ReadAsync(
        StreamPlace place,
        int limit,
        CancellationToken cancellationToken
    ) => ReadAsync(place.Position, limit, cancellationToken);

    public async Task<long?> HeadAsync(CancellationToken cancellationToken) =>
        await source.HeadAsync(cancellationToken);

    public async Task<DateTimeOffset?> OldestBehindAsync(
        long position,
        CancellationToken cancellationToken
    ) => (await source.ReadAsync(position, 1, cancellationToken)) is [var oldest] ? oldest.OccurredAt : null;

    public ValueTask StandAsideAsync() => ValueTask.CompletedTask;

    /// <summary>Every reading is one.</summary>
    public void AskForReplay() { }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async Task<IReadOnlyList<StreamEvent>> ReadAsync(
        long position,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var events = await source.ReadNextAsync(position, limit, cancellationToken);
        var whole = ContiguousPrefix(events, position);
        if (whole > 0 || events.Count == 0)
            return Take(events, whole, limit);

        var patienceEnds = clock.GetUtcNow() + options.GapPatience;
        while (clock.GetUtcNow() < patienceEnds)
        {
            await Task.Delay(Reread, clock, cancellationToken);
            events = await source.ReadNextAsync(position, limit, cancellationToken);
            whole = ContiguousPrefix(events, position);
            if (whole > 0)
                return Take(events, whole, limit);
        }

        var certainUpTo = events[^1].Position;
        await source.WaitOutWritersAsync(cancellationToken);
        // All there is, since gaps in it are passed over.
        events = await source.ReadAsync(position, limit, cancellationToken);
        var certain = events.TakeWhile(read => read.Position <= certainUpTo).ToList();
        logger.LogInformation(
            "Stream {Stream}: passed over gaps between {From} and {To}, rolled back or trimmed",
            source.Stream,
            position,
            certainUpTo
        );
        HasMore = true;
        return certain;
    }

    private static int ContiguousPrefix(IReadOnlyList<StreamEvent> events, long position)
    {
        var count = 0;
        while (count < events.Count && events[count].Position == position + count + 1)
            count++;
        return count;
    }

    private IReadOnlyList<StreamEvent> Take(IReadOnlyList<StreamEvent> events, int count, int limit)
    {
        HasMore = count < events.Count || events.Count == limit;
        return count == events.Count ? events : [.. events.Take(count)];
    }
}
