using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Platform.Http;
using Platform.Streams;

namespace Platform.Live;

/// <summary>
/// Opens Server-Sent Events for a module's feed. A new client is told how things stand, then each change as it is
/// said on the stream, from whichever replica. An item's id is a position, so a client that comes back with
/// <c>Last-Event-ID</c> is told what it missed and nothing twice.
/// </summary>
public sealed class LiveStreams
{
    /// <summary>Short enough for the idle limits of proxies.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Who has missed more than this is told how things stand: catching up must not cost a scan of the log.</summary>
    private const long MostToCatchUp = 5_000;

    private readonly StreamBroadcast _broadcast;
    private readonly TimeProvider _clock;
    private readonly LiveTenures _tenures;

    internal LiveStreams(StreamBroadcast broadcast, TimeProvider clock, LiveTenures tenures) =>
        (_broadcast, _clock, _tenures) = (broadcast, clock, tenures);

    /// <summary>The stream of a feed, or the refusal of the feed.</summary>
    public async Task<IResult> OpenAsync(HttpContext http, ILiveFeed feed)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(feed);
        http.IsMeantToLast();
        if (_tenures.TryBegin(http) is not { } tenure)
            return Refused();
        var gone = http.RequestAborted;
        var inbox = new LiveInbox(http.Abort);
        http.Response.RegisterForDispose(feed);
        // Listening comes before looking: what happens in between is told twice rather than never.
        var listening = await _broadcast.ListenAsync(feed.Stream, feed.Topic, inbox.Tell, gone);
        http.Response.RegisterForDispose(listening);
        feed.WakeBy(inbox.Wake);

        if (await feed.LoadAsync(gone) is { IsDone: false } refused)
            return refused.Error.ToProblem();
        if (HeadRequests.IsFor(http))
            return HeadOnly();
        var here = listening.Since;
        if (LastSeen(http, here) is not { } after)
        {
            var present = feed.Present().Select(item => ToSse(item, here));
            return TypedResults.ServerSentEvents(PumpAsync(http, feed, inbox, tenure, [.. present]));
        }

        var missed = await CatchUpAsync(feed, after, here, gone);
        // It is what makes a browser stop asking: it takes a stream that ends for one that broke.
        return missed.Count == 0 && feed.HasEnded
            ? TypedResults.NoContent()
            : TypedResults.ServerSentEvents(PumpAsync(http, feed, inbox, tenure, missed));
    }

    private async IAsyncEnumerable<SseItem<object>> PumpAsync(
        HttpContext http,
        ILiveFeed feed,
        LiveInbox inbox,
        LiveTenure tenure,
        IReadOnlyList<SseItem<object>> first,
        [EnumeratorCancellation] CancellationToken gone = default
    )
    {
        // Without it the client would not know that it is connected until something happens.
        await BeatAsync(http, gone);
        foreach (var item in first)
            yield return item;
        if (feed.HasEnded)
            yield break;

        await using var heart = _clock.CreateTimer(_ => inbox.Beat(), state: null, Heartbeat, Heartbeat);
        await using var stop = tenure.Over.Register(inbox.Close);
        while (await inbox.WaitAsync(gone))
        {
            while (inbox.TryTake(out var signal))
            {
                if (signal.Happened is { } happened)
                {
                    foreach (var item in await feed.ChangeAsync(happened, gone))
                        yield return ToSse(item, happened.Position);
                    if (feed.HasEnded)
                        yield break;
                }
                else if (signal.Beat)
                {
                    await BeatAsync(http, gone);
                }
                else if (feed.Look() is { } news)
                {
                    yield return new SseItem<object>(news.Data, news.Name);
                }
            }
        }
        await http.Response.WriteAsync(LiveTenure.ComeBack, gone);
    }

    /// <summary>The caller has as many streams open as one may.</summary>
    internal static IResult Refused() =>
        Results.Problem(
            statusCode: StatusCodes.Status429TooManyRequests,
            type: Problems.TypeOf(LiveTenures.RefusalCode),
            detail: LiveTenures.Refusal,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["code"] = LiveTenures.RefusalCode,
            }
        );

    /// <summary>The answer of a stream that nobody means to follow.</summary>
    internal static IResult HeadOnly() => Results.Text("", "text/event-stream");

    private async Task<List<SseItem<object>>> CatchUpAsync(
        ILiveFeed feed,
        long after,
        long here,
        CancellationToken gone
    )
    {
        var items = new List<SseItem<object>>();
        await foreach (var missed in _broadcast.MissedAsync(feed.Stream, feed.Topic, after, here, gone))
        {
            foreach (var item in await feed.ChangeAsync(missed, gone))
                items.Add(ToSse(item, missed.Position));
        }
        return items;
    }

    /// <summary>The position a client resumes behind; null for a new one, and for one that has been away too long.</summary>
    private static long? LastSeen(HttpContext http, long here) =>
        long.TryParse(
            http.Request.Headers["Last-Event-ID"],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var after
        )
        && after <= here
        && here - after <= MostToCatchUp
            ? after
            : null;

    private static SseItem<object> ToSse(LiveItem item, long position) =>
        new(item.Data, item.Name) { EventId = position.ToString(CultureInfo.InvariantCulture) };

    /// <summary>A comment, which clients pass over: it keeps proxies from hanging up, and finds out who has gone.</summary>
    private static async Task BeatAsync(HttpContext http, CancellationToken gone)
    {
        await http.Response.WriteAsync(":\n\n", gone);
        await http.Response.Body.FlushAsync(gone);
    }
}
