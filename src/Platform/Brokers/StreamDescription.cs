using System.Reflection;
using System.Text.Json.Nodes;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>
/// What modules say and hear, and how it travels between processes, as an AsyncAPI 3 document: all that somebody needs
/// who follows a stream in another language.
/// </summary>
internal static class StreamDescription
{
    /// <summary>Describes the streams of a build.</summary>
    /// <param name="modules">Every module of the build, wherever it runs.</param>
    /// <param name="prefix">What names at the broker begin with.</param>
    public static JsonObject Of(IReadOnlyList<ModuleDefinition> modules, string prefix)
    {
        var streams = modules
            .Select(module => new Stream(module, modules, [.. SaidBy(module)]))
            .Where(stream => stream.Events.Count > 0)
            .ToList();
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Monolith streams",
                ["version"] = "1",
                ["description"] =
                    "What the modules of the food-delivery platform tell each other. A stream is all that one module "
                    + "says, in order. Between processes it travels over RabbitMQ or Kafka as CloudEvents 1.0 in binary "
                    + "mode. An event is told by its alias, which never changes; a listener ignores members and events "
                    + "that it does not know. Every message says its position in the stream and the one before it, so "
                    + "that a follower notices what it missed and asks for it in its next report.",
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = BrokerConventions.Servers(),
            ["channels"] = Joined(streams.SelectMany(stream => ChannelsOf(stream, prefix))),
            ["operations"] = Joined(streams.SelectMany(OperationsOf)),
            ["components"] = new JsonObject
            {
                ["messages"] = Joined(
                    streams
                        .SelectMany(stream => stream.Events)
                        .Select(happened =>
                            KeyValuePair.Create(happened.Alias, (JsonNode?)MessageOf(happened))
                        )
                        .Concat(ConversationMessages.All())
                ),
                ["messageTraits"] = new JsonObject { ["event"] = ConversationMessages.EventTrait() },
            },
        };
    }

    /// <summary>The events that a module says: those of its contracts.</summary>
    public static IEnumerable<EventType> SaidBy(ModuleDefinition module) =>
        module
            .Assembly.GetReferencedAssemblies()
            .Where(reference => reference.Name == $"{module.Name}.Contracts")
            .SelectMany(reference => EventType.DeclaredIn(Assembly.Load(reference)))
            .OrderBy(happened => happened.Alias, StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, JsonNode?>> ChannelsOf(Stream stream, string prefix)
    {
        var (name, title) = (stream.Name, stream.Module.Name);
        yield return Channel(
            name,
            $"{prefix}.{name}",
            $"All that {title} says, in order. At RabbitMQ a fan-out exchange, to which each follower binds a durable "
                + "queue of its own; at Kafka a topic of one partition, which each follower reads as a consumer group.",
            stream.Events.Select(happened => happened.Alias),
            BrokerConventions.Exchange($"{prefix}.{name}")
        );
        foreach (var follower in stream.Followers)
            yield return Channel(
                $"{name}.{follower.Stream}",
                $"{prefix}.{name}.{follower.Stream}",
                $"Where what {title} says waits for {follower.Name}, with the answers to its reports between. One "
                    + "process consumes it, exclusively.",
                [.. stream.Events.Select(happened => happened.Alias), ConversationMessages.Head],
                BrokerConventions.Queue($"{prefix}.{name}.{follower.Stream}")
            );
        var outside = Channel(
            $"{name}.outside",
            $"{prefix}.{name}.{{follower}}",
            $"Where what {title} says waits for a service that is no module, once `Broker:Followers` names it, with the "
                + "answers to its reports between: a durable queue without arguments, bound to the stream's exchange. One "
                + "process consumes it, exclusively.",
            [.. stream.Events.Select(happened => happened.Alias), ConversationMessages.Head],
            BrokerConventions.Queue($"{prefix}.{name}.{{follower}}")
        );
        outside.Value!["parameters"] = new JsonObject
        {
            ["follower"] = new JsonObject
            {
                ["description"] =
                    "The service's name in `Broker:Followers`, and the `source` of its reports.",
            },
        };
        yield return outside;
        yield return Channel(
            $"{name}.reports",
            $"{prefix}.{name}.reports",
            $"What the followers of {title} tell it: how far they have come, and whether they miss something.",
            [ConversationMessages.Report],
            BrokerConventions.Queue($"{prefix}.{name}.reports")
        );
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> OperationsOf(Stream stream)
    {
        var name = stream.Module.Name;
        yield return Operation(
            $"{name}Says",
            "send",
            stream.Name,
            $"{name} tells its followers what happened.",
            stream.Events.Select(happened => happened.Alias)
        );
        yield return Operation(
            $"{name}HearsReports",
            "receive",
            $"{stream.Name}.reports",
            $"{name} learns how far its followers have come, and sends again what one of them misses.",
            [ConversationMessages.Report]
        );
        foreach (var follower in stream.Followers)
        {
            yield return Operation(
                $"{follower.Name}Hears{name}",
                "receive",
                $"{stream.Name}.{follower.Stream}",
                $"{follower.Name} handles these, and passes over the rest of the stream.",
                [
                    .. follower
                        .HandledEvents.Where(handled => handled.Event.Stream == stream.Name)
                        .Select(handled => handled.Event.Alias)
                        .Order(StringComparer.Ordinal),
                    ConversationMessages.Head,
                ]
            );
            yield return Operation(
                $"{follower.Name}ReportsTo{name}",
                "send",
                $"{stream.Name}.reports",
                $"{follower.Name} says how far it has come, and whether it wants what is behind that again.",
                [ConversationMessages.Report]
            );
        }
    }

    private static JsonObject MessageOf(EventType happened)
    {
        var payload = EventSchema.Of(happened);
        payload.Remove("title");
        return new JsonObject
        {
            ["name"] = happened.Alias,
            ["title"] = happened.ClrType.Name,
            ["summary"] = payload["description"]?.DeepClone(),
            ["contentType"] = "application/json",
            ["traits"] = new JsonArray(Reference("components/messageTraits/event")),
            ["payload"] = payload,
        }.WithoutNulls();
    }

    private static KeyValuePair<string, JsonNode?> Channel(
        string key,
        string address,
        string description,
        IEnumerable<string> messages,
        JsonObject binding
    ) =>
        KeyValuePair.Create<string, JsonNode?>(
            key,
            new JsonObject
            {
                ["address"] = address,
                ["description"] = description,
                ["messages"] = Joined(
                    messages.Select(message =>
                        KeyValuePair.Create(message, (JsonNode?)Reference($"components/messages/{message}"))
                    )
                ),
                ["bindings"] = new JsonObject { ["amqp"] = binding },
            }
        );

    private static KeyValuePair<string, JsonNode?> Operation(
        string key,
        string action,
        string channel,
        string summary,
        IEnumerable<string> messages
    ) =>
        KeyValuePair.Create<string, JsonNode?>(
            key,
            new JsonObject
            {
                ["action"] = action,
                ["channel"] = Reference($"channels/{channel}"),
                ["summary"] = summary,
                ["messages"] = new JsonArray([
                    .. messages.Select(message => Reference($"channels/{channel}/messages/{message}")),
                ]),
            }
        );

    private static JsonObject Reference(string path) => new() { ["$ref"] = $"#/{path}" };

    private static JsonObject Joined(IEnumerable<KeyValuePair<string, JsonNode?>> members) => new(members);

    private static JsonObject WithoutNulls(this JsonObject described)
    {
        foreach (
            var name in described.Where(member => member.Value is null).Select(member => member.Key).ToList()
        )
            described.Remove(name);
        return described;
    }

    /// <summary>What one module says, and to whom.</summary>
    private sealed record Stream(
        ModuleDefinition Module,
        IReadOnlyList<ModuleDefinition> Modules,
        IReadOnlyList<EventType> Events
    )
    {
        public string Name => Module.Stream;

        public IEnumerable<ModuleDefinition> Followers =>
            Modules.Where(other => other.FollowedStreams.Contains(Name, StringComparer.Ordinal));
    }
}
