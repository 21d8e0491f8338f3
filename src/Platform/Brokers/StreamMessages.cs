using System.Globalization;
using System.Text;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>An event as it travels: with its position, and with the place of the event before it in its stream.</summary>
/// <param name="Event">The event.</param>
/// <param name="Previous">What was said before it. A relay of an older build tells the position alone.</param>
internal sealed record SequencedEvent(StreamEvent Event, StreamPlace Previous);

/// <summary>What a relay tells its followers between events: how far it has come.</summary>
/// <param name="Relayed">The newest position that was sent to everybody.</param>
/// <param name="Head">The newest position that was ever said.</param>
/// <param name="Reported">How far the follower said it had come, when this was told.</param>
internal sealed record StreamHead(long Relayed, long Head, long Reported)
{
    /// <summary>Which stream says so; null from a relay of an older build, which tells none of the following either.</summary>
    public Guid? Stream { get; init; }

    /// <summary>The session of the report that this answers.</summary>
    public Guid? Session { get; init; }

    /// <summary>The number of that report in its session.</summary>
    public long Number { get; init; }

    /// <summary>Whether more of what the follower asked for is still to be sent.</summary>
    public bool IsReplaying { get; init; }

    /// <summary>In what the stream differs from the one that the follower has handled; null when it does not.</summary>
    public string? Difference { get; init; }

    /// <summary>The id of the event at the head.</summary>
    public Guid? HeadId { get; init; }

    /// <summary>Where the stream and what the follower has handled of it seem to part; 0 when they agree.</summary>
    public long Common { get; init; }

    /// <summary>The id of the event there.</summary>
    public Guid? CommonId { get; init; }
}

/// <summary>What a follower tells the relay.</summary>
/// <param name="Follower">The follower's name, in lower case.</param>
/// <param name="Place">The last event whose effects it has committed.</param>
/// <param name="Replay">Whether it wants to have everything behind that place again.</param>
/// <param name="Session">Which of its conversations it says so in; no two processes share one.</param>
/// <param name="Number">Which report of its session this is, from 1; 0 from a follower of an older build.</param>
internal sealed record FollowerReport(
    string Follower,
    StreamPlace Place,
    bool Replay,
    Guid Session,
    long Number
);

/// <summary>
/// How events cross a process boundary: as CloudEvents 1.0 in binary mode, the type being the alias and the subject
/// the key, with the extensions <c>sequence</c> and <c>previous</c> by which a loss is noticed, and <c>streamid</c> and
/// <c>previousid</c> by which a message of another stream is.
/// </summary>
internal static class StreamMessages
{
    public const string Type = "type";
    public const string ContentType = "datacontenttype";

    public const string HeadType = "monolith.stream-head.v1";
    public const string ReportType = "monolith.follower-report.v1";

    public static BrokerMessage ToMessage(this SequencedEvent sequenced)
    {
        var happened = sequenced.Event;
        var attributes = Attributes(happened.EventId, happened.Type, StreamOf(happened.Type));
        attributes["subject"] = happened.Key.ToString();
        attributes["time"] = happened.OccurredAt.ToString("O", CultureInfo.InvariantCulture);
        attributes[ContentType] = "application/json";
        attributes["sequence"] = Text(happened.Position);
        attributes["previous"] = Text(sequenced.Previous.Position);
        AddId(attributes, "streamid", sequenced.Previous.Stream);
        AddId(attributes, "previousid", sequenced.Previous.EventId);
        if (happened.TraceParent is { } trace)
            attributes["traceparent"] = trace;
        return new BrokerMessage(attributes, Encoding.UTF8.GetBytes(happened.Payload));
    }

    public static BrokerMessage ToMessage(this StreamHead head, string stream, Guid id)
    {
        var attributes = Attributes(id, HeadType, stream);
        attributes["sequence"] = Text(head.Relayed);
        attributes["head"] = Text(head.Head);
        attributes["reported"] = Text(head.Reported);
        AddId(attributes, "streamid", head.Stream);
        AddId(attributes, "session", head.Session);
        attributes["report"] = Text(head.Number);
        attributes["replaying"] = head.IsReplaying ? "true" : "false";
        AddId(attributes, "headid", head.HeadId);
        if (head.Difference is { } difference)
        {
            attributes["difference"] = difference;
            attributes["common"] = Text(head.Common);
            AddId(attributes, "commonid", head.CommonId);
        }
        return new BrokerMessage(attributes, default);
    }

    public static BrokerMessage ToMessage(this FollowerReport report, Guid id)
    {
        var attributes = Attributes(id, ReportType, report.Follower);
        attributes["position"] = Text(report.Place.Position);
        AddId(attributes, "streamid", report.Place.Stream);
        AddId(attributes, "positionid", report.Place.EventId);
        attributes["report"] = Text(report.Number);
        attributes["replay"] = report.Replay ? "true" : "false";
        attributes["session"] = report.Session.ToString();
        return new BrokerMessage(attributes, default);
    }

    public static FollowerReport? ReadReport(BrokerMessage message) =>
        message.Find(Type) == ReportType
        && message.Find("source") is { Length: > 1 } source
        && Number(message, "position") is { } position
        && Guid.TryParse(message.Find("session"), out var session)
            ? new FollowerReport(
                source[1..],
                new StreamPlace(Id(message, "streamid"), position, Id(message, "positionid")),
                message.Find("replay") == "true",
                session,
                Number(message, "report") ?? 0
            )
            : null;

    public static StreamHead? ReadHead(BrokerMessage message) =>
        message.Find(Type) == HeadType
        && Number(message, "sequence") is { } relayed
        && Number(message, "head") is { } head
        && Number(message, "reported") is { } reported
            ? new StreamHead(relayed, head, reported)
            {
                Stream = Id(message, "streamid"),
                Session = Id(message, "session"),
                Number = Number(message, "report") ?? 0,
                IsReplaying = message.Find("replaying") == "true",
                Difference = message.Find("difference"),
                HeadId = Id(message, "headid"),
                Common = Number(message, "common") ?? 0,
                CommonId = Id(message, "commonid"),
            }
            : null;

    /// <summary>The event that a message holds; null when it holds none that anybody could place.</summary>
    public static SequencedEvent? ReadEvent(BrokerMessage message) =>
        message.Find(Type) is { } type
        && Number(message, "sequence") is { } sequence
        && Number(message, "previous") is { } previous
        && Guid.TryParse(message.Find("id"), out var id)
        && Guid.TryParse(message.Find("subject"), out var key)
        && DateTimeOffset.TryParse(
            message.Find("time"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.RoundtripKind,
            out var time
        )
            ? new SequencedEvent(
                new StreamEvent(
                    sequence,
                    id,
                    type,
                    key,
                    Encoding.UTF8.GetString(message.Body.Span),
                    time,
                    message.Find("traceparent")
                ),
                new StreamPlace(Id(message, "streamid"), previous, Id(message, "previousid"))
            )
            : null;

    private static Dictionary<string, string> Attributes(Guid id, string type, string source) =>
        new(StringComparer.Ordinal)
        {
            ["specversion"] = "1.0",
            ["id"] = id.ToString(),
            ["source"] = $"/{source}",
            [Type] = type,
        };

    private static string StreamOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];

    private static void AddId(Dictionary<string, string> attributes, string name, Guid? id)
    {
        if (id is { } known)
            attributes[name] = known.ToString();
    }

    private static Guid? Id(BrokerMessage message, string attribute) =>
        Guid.TryParse(message.Find(attribute), out var id) ? id : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? Number(BrokerMessage message, string attribute) =>
        long.TryParse(
            message.Find(attribute),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
