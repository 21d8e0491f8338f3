using System.Text.Json.Nodes;

namespace Platform.Brokers;

/// <summary>
/// The headers of events, and the messages by which followers and relays talk of how far they are, as AsyncAPI has
/// them. Headers are named as at RabbitMQ.
/// </summary>
internal static class ConversationMessages
{
    public const string Head = StreamMessages.HeadType;
    public const string Report = StreamMessages.ReportType;

    public static JsonObject EventTrait() =>
        new()
        {
            ["headers"] = Headers(
                Always()
                    .Append(
                        ("subject", "The aggregate's id: events of one subject are handled in order.", true)
                    )
                    .Append(("time", "When it was said, ISO 8601.", true))
                    .Append(("sequence", "Its position in the stream. Positions grow, with gaps.", true))
                    .Append(
                        (
                            "previous",
                            "The position before it: behind where you are, something is missing; at or before it with a "
                                + "sequence that you have passed, it is a repeat.",
                            true
                        )
                    )
                    .Append(
                        (
                            "streamid",
                            "The stream's identity. Another one than you have followed means another database: stop.",
                            false
                        )
                    )
                    .Append(("previousid", "The id of the event before it.", false))
                    .Append(("traceparent", "W3C trace context of what said it.", false))
            ),
        };

    public static IEnumerable<KeyValuePair<string, JsonNode?>> All() =>
        [
            Message(
                Report,
                "A follower says how far it has come",
                "Sent every `Broker:ReportInterval` (2 s by default). `source` is the follower: `/riders`.",
                Always()
                    .Append(
                        (
                            "position",
                            "The last position whose effects are committed; 0 before the first.",
                            true
                        )
                    )
                    .Append(("positionid", "The id of the event there.", false))
                    .Append(
                        ("streamid", "The identity of the stream that was followed, once it is known.", false)
                    )
                    .Append(("session", "A UUID that the process makes when it begins to follow.", true))
                    .Append(("report", "Counts the reports of the session, from 1.", true))
                    .Append(("replay", "`true` to have everything behind the position sent again.", true))
            ),
            Message(
                Head,
                "A relay says how far its stream goes",
                "The answer to a report, in the follower's queue behind what was sent before it. A `head` behind what "
                    + "you have when nothing more comes means that something was lost: ask for a replay.",
                Always()
                    .Append(
                        ("sequence", "The newest position that was sent, to all or in this replay.", true)
                    )
                    .Append(("head", "The newest position that was ever said.", true))
                    .Append(("headid", "The id of the event there.", false))
                    .Append(("reported", "The position of the report that this answers.", true))
                    .Append(("session", "The session of that report.", false))
                    .Append(("report", "Its number.", true))
                    .Append(("replaying", "`true` while more of a replay is still to come.", true))
                    .Append(("streamid", "The stream's identity.", false))
                    .Append(
                        (
                            "difference",
                            "In what the stream differs from what was followed: stop, an operator decides.",
                            false
                        )
                    )
                    .Append(("common", "Where the two seem to part.", false))
                    .Append(("commonid", "The id of the event there.", false))
            ),
        ];

    private static IEnumerable<(string Name, string Says, bool Always)> Always() =>
        [
            ("specversion", "`1.0`.", true),
            ("id", "A UUID of version 7, the same wherever and however often the message comes.", true),
            ("source", "Who says it: `/orders`.", true),
            ("type", "The message's name.", true),
        ];

    private static KeyValuePair<string, JsonNode?> Message(
        string name,
        string title,
        string summary,
        IEnumerable<(string, string, bool)> headers
    ) =>
        KeyValuePair.Create<string, JsonNode?>(
            name,
            new JsonObject
            {
                ["name"] = name,
                ["title"] = title,
                ["summary"] = summary,
                ["headers"] = Headers(headers),
            }
        );

    private static JsonObject Headers(IEnumerable<(string Name, string Says, bool Always)> headers)
    {
        var all = headers.ToList();
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(
                all.Select(header =>
                    KeyValuePair.Create<string, JsonNode?>(
                        RabbitMqInbox.HeaderPrefix + header.Name,
                        new JsonObject { ["type"] = "string", ["description"] = header.Says }
                    )
                )
            ),
            ["required"] = new JsonArray([
                .. all.Where(header => header.Always)
                    .Select(header => JsonValue.Create(RabbitMqInbox.HeaderPrefix + header.Name)),
            ]),
        };
    }
}
