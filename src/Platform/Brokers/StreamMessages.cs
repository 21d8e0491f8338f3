using System.Globalization;
using System.Text;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>An event as it travels: with its position, and with that of the event before it in its stream.</summary>
internal sealed record SequencedEvent(StreamEvent Event, long Previous);

/// <summary>What a relay tells its followers between events: how far it has come.</summary>
/// <param name="Relayed">The newest position that was sent to everybody.</param>
/// <param name="Head">The newest position that was ever said.</param>
/// <param name="Reported">How far the follower said it had come, when this was told.</param>
internal sealed record StreamHead(long Relayed, long Head, long Reported);

/// <summary>What a follower tells the relay.</summary>
/// <param name="Follower">The follower's name, in lower case.</param>
/// <param name="Position">The last event whose effects it has committed.</param>
/// <param name="Replay">Whether it wants to have everything behind that position again.</param>
/// <param name="Session">Which of its conversations it says so in; no two processes share one.</param>
internal sealed record FollowerReport(string Follower, long Position, bool Replay, Guid Session);

/// <summary>
/// How events cross a process boundary: as CloudEvents 1.0 in binary mode, the type being the alias and the subject
/// the key, with the extensions <c>sequence</c> and <c>previous</c> by which a loss is noticed.
/// </summary>
internal static class StreamMessages
{
    public const string Type = "type";
    public const string ContentType = "datacontenttype";

    private const string HeadType = "monolith.stream-head.v1";
    private const string ReportType = "monolith.follower-report.v1";

    public static BrokerMessage ToMessage(this SequencedEvent sequenced)
    {
        var happened = sequenced.Event;
        var attributes = Attributes(happened.EventId, happened.Type, StreamOf(happened.Type));
        attributes["subject"] = happened.Key.ToString();
        attributes["time"] = happened.OccurredAt.ToString("O", CultureInfo.InvariantCulture);
        attributes[ContentType] = "application/json";
        attributes["sequence"] = Text(happened.Position);
        attributes["previous"] = Text(sequenced.Previous);
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
        return new BrokerMessage(attributes, default);
    }

    public static BrokerMessage ToMessage(this FollowerReport report, Guid id)
    {
        var attributes = Attributes(id, ReportType, report.Follower);
        attributes["position"] = Text(report.Position);
        attributes["replay"] = report.Replay ? "true" : "false";
        attributes["session"] = report.Session.ToString();
        return new BrokerMessage(attributes, default);
    }

    public static FollowerReport? ReadReport(BrokerMessage message) =>
        message.Find(Type) == ReportType
        && message.Find("source") is { Length: > 1 } source
        && Number(message, "position") is { } position
        && Guid.TryParse(message.Find("session"), out var session)
            ? new FollowerReport(source[1..], position, message.Find("replay") == "true", session)
            : null;

    public static StreamHead? ReadHead(BrokerMessage message) =>
        message.Find(Type) == HeadType
        && Number(message, "sequence") is { } relayed
        && Number(message, "head") is { } head
        && Number(message, "reported") is { } reported
            ? new StreamHead(relayed, head, reported)
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
                previous
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
