using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Streams;

namespace Architecture.Tests.Codebase;

/// <summary>An event as it once was written.</summary>
/// <param name="Line">Where in the file, from 1.</param>
/// <param name="Alias">The event's alias.</param>
/// <param name="Payload">The JSON.</param>
internal sealed record EventExample(int Line, string Alias, string Payload);

/// <summary>
/// What events have looked like: <c>events.examples.txt</c> beside the contracts, an alias and its JSON per line. Rows
/// that wait in an outbox look like one of them, so lines are added and never changed.
/// </summary>
internal static class EventExamples
{
    public const string FileName = "events.examples.txt";

    public static IReadOnlyList<EventExample> Of(Project contracts)
    {
        var file = Path.Combine(contracts.Folder, FileName);
        return File.Exists(file)
            ?
            [
                .. File.ReadLines(file)
                    .Select((text, index) => (text, index))
                    .Where(line => line.text.Trim() is not "" and not ['#', ..])
                    .Select(line => (line.index, parts: line.text.Split(' ', 2)))
                    .Select(line => new EventExample(
                        line.index + 1,
                        line.parts[0],
                        line.parts.ElementAtOrDefault(1) ?? ""
                    )),
            ]
            : [];
    }

    /// <summary>An example of the event as it is now, with every member that it has.</summary>
    public static string Write(Type type) => Sample(type)!.ToJsonString();

    /// <summary>Whether an example has every member that the event has now, its parts' members included.</summary>
    public static bool IsWhole(EventExample example, Type type) =>
        Parse(example) is { } written && Covers(written, Sample(type));

    /// <summary>Why today's code cannot read an example; null when it can.</summary>
    public static string? FailureOf(EventExample example, Type type)
    {
        try
        {
            var read = JsonSerializer.Deserialize(example.Payload, type, EventJson.Options);
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

    private static JsonNode? Parse(EventExample example)
    {
        try
        {
            return JsonNode.Parse(example.Payload);
        }
        catch (JsonException)
        {
            return null;
        }
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

    private static JsonNode? Sample(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
            return "text";
        if (plain == typeof(bool))
            return true;
        if (plain == typeof(Guid))
            return "0199c000-0000-7000-8000-000000000000";
        if (plain == typeof(DateTimeOffset) || plain == typeof(DateTime))
            return "2026-01-02T03:04:05Z";
        if (plain == typeof(DateOnly))
            return "2026-01-02";
        if (plain == typeof(TimeOnly) || plain == typeof(TimeSpan))
            return "03:04:05";
        if (plain.IsEnum)
            return Enum.GetNames(plain)[0];
        if (plain.IsPrimitive || plain == typeof(decimal))
            return 1;
        if (plain.IsGenericType && plain.GetGenericArguments() is [_, var value])
            return new JsonObject { ["key"] = Sample(value) };
        if (plain.IsGenericType && plain.GetGenericArguments() is [var element])
            return new JsonArray(Sample(element));
        return new JsonObject(
            plain
                .GetProperties()
                .Select(property =>
                    KeyValuePair.Create(
                        JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                        Sample(property.PropertyType)
                    )
                )
        );
    }
}
