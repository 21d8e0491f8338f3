using System.Text.Json.Nodes;
using Host.Edge;
using Platform.Brokers;
using Platform.Modules;
using Platform.Pages;
using Platform.Streams;

namespace Host.Pages;

/// <summary>What a module says, for people.</summary>
internal sealed record StreamView(
    string Name,
    IReadOnlyList<string> Follows,
    IReadOnlyList<EventView> Events
);

/// <summary>An event, who handles it, and what it is made of.</summary>
internal sealed record EventView(
    string Alias,
    string Summary,
    IReadOnlyList<string> Listeners,
    IReadOnlyList<MemberView> Members
);

/// <summary>A member of an event, by its path.</summary>
internal sealed record MemberView(string Name, string Type, string Says);

/// <summary>Shows what modules tell each other.</summary>
internal static class StreamPages
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGroup("").AllowAnonymous().ExcludeFromDescription().MapPage("/docs/streams", Show);

    private static IResult Show(StreamContracts contracts) =>
        Page.Of<StreamsPage>(
            contracts
                .Modules.Select(module => new StreamView(
                    module.Name,
                    [
                        .. contracts
                            .Modules.Where(other => module.FollowedStreams.Contains(other.Stream))
                            .Select(other => other.Name),
                    ],
                    [
                        .. StreamDescription
                            .SaidBy(module)
                            .Select(happened => ViewOf(happened, contracts.Modules)),
                    ]
                ))
                .ToList()
        );

    private static EventView ViewOf(EventType happened, IReadOnlyList<ModuleDefinition> modules)
    {
        var schema = EventSchema.Of(happened);
        return new EventView(
            happened.Alias,
            $"{schema["description"]}",
            [
                .. modules
                    .Where(module =>
                        module.HandledEvents.Any(handled => handled.Event.Alias == happened.Alias)
                    )
                    .Select(module => module.Name),
            ],
            [.. MembersOf(schema, "")]
        );
    }

    private static IEnumerable<MemberView> MembersOf(JsonNode schema, string within)
    {
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            var path = within + name;
            yield return new MemberView(path, TypeOf(member!), $"{member!["description"]}");
            foreach (var inner in MembersOf(member!, $"{path}."))
                yield return inner;
        }
    }

    private static string TypeOf(JsonNode member)
    {
        var types = member["type"] is JsonArray many ? many.Select(one => $"{one}") : [$"{member["type"]}"];
        var type = string.Join(" | ", types) + (member["format"] is { } format ? $" ({format})" : "");
        return member["enum"] is JsonArray values
            ? string.Join(" | ", values.Select(one => $"\"{one}\""))
            : type;
    }
}
