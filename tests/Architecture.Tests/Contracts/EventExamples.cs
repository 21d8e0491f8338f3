using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Streams;

namespace Architecture.Tests.Contracts;

/// <summary>
/// What events have looked like. Rows that wait in an outbox look like one of them, so they are kept for ever and read
/// by every later build.
/// </summary>
internal static class EventExamples
{
    /// <summary>An example with every member that the schema has.</summary>
    public static JsonNode Of(JsonNode schema) => Sample(schema, schema)!;

    /// <summary>Whether an example has every member that the schema has, its parts' members included.</summary>
    public static bool IsWhole(JsonNode example, JsonNode schema) => Covers(example, Of(schema));

    /// <summary>Why today's code cannot read an example; null when it can.</summary>
    public static string? FailureOf(JsonNode example, Type type)
    {
        try
        {
            var read = example.Deserialize(type, EventJson.Options);
            return read is null ? "it is null" : Missing(read, type);
        }
        catch (JsonException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>A member that must have a value and has none, as one that no parameter of the constructor sets.</summary>
    private static string? Missing(object read, Type type)
    {
        var nullability = new NullabilityInfoContext();
        return type.GetProperties()
            .Where(property =>
                !property.PropertyType.IsValueType
                && nullability.Create(property).ReadState == NullabilityState.NotNull
                && property.GetValue(read) is null
            )
            .Select(property => $"{property.Name} would be null")
            .FirstOrDefault();
    }

    private static bool Covers(JsonNode? written, JsonNode? whole) =>
        (written, whole) switch
        {
            (JsonObject has, JsonObject needs) => needs.All(member =>
                has.TryGetPropertyValue(member.Key, out var value) && Covers(value, member.Value)
            ),
            (JsonArray has, JsonArray needs) => needs.Count == 0 || has.Count > 0 && Covers(has[0], needs[0]),
            (null, not null) => false,
            _ => true,
        };

    private static JsonNode? Sample(JsonNode schema, JsonNode root)
    {
        var view = SchemaView.Of(schema, root);
        return view switch
        {
            { Values: [var first, ..] } => first,
            { Members.Count: > 0 } => new JsonObject(
                view.Members.Select(member => KeyValuePair.Create(member.Key, Sample(member.Value, root)))
            ),
            _ when view.Find("items") is { } item => new JsonArray(Sample(item, root)),
            _ when view.Find("additionalProperties") is { } value => new JsonObject
            {
                ["key"] = Sample(value, root),
            },
            _ when view.Types.Contains("boolean") => true,
            _ when view.Types.Overlaps(["integer", "number"]) => 1,
            _ => view.Format switch
            {
                "uuid" => "0199c000-0000-7000-8000-000000000000",
                "date-time" => "2026-01-02T03:04:05Z",
                "date" => "2026-01-02",
                "time" => "03:04:05",
                _ => view.Text("pattern") is null ? "text" : "03:04:05",
            },
        };
    }
}
