using System.Text.Json;
using System.Text.Json.Nodes;

namespace Architecture.Tests.Contracts;

/// <summary>A schema with its references followed and the two ways of saying "or null" made one.</summary>
internal sealed class SchemaView
{
    private static readonly string[] Anything =
    [
        "array",
        "boolean",
        "integer",
        "null",
        "number",
        "object",
        "string",
    ];

    private static readonly string[] Words = ["oneOf", "anyOf", "allOf"];

    private readonly JsonObject _schema;

    private SchemaView(JsonObject schema, bool orNull)
    {
        _schema = schema;
        Types = TypesOf(schema).Concat(orNull ? ["null"] : []).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlySet<string> Types { get; }

    public string? Format => Text("format");

    /// <summary>How a reader calls it: <c>string (uuid) or null</c>.</summary>
    public string Type
    {
        get
        {
            if (Types.Count == Anything.Length)
                return "anything";
            var plain = Types.Where(type => type != "null").ToList();
            var type = string.Join(" or ", plain.Order(StringComparer.Ordinal));
            return type
                + (Format is { } format ? $" ({format})" : "")
                + (Types.Contains("null") ? " or null" : "");
        }
    }

    public IReadOnlyList<string>? Values =>
        _schema["enum"] is JsonArray values ? [.. values.Select(value => $"{value}")] : null;

    public IReadOnlyDictionary<string, JsonNode> Members =>
        _schema["properties"] is JsonObject members
            ? members.ToDictionary(member => member.Key, member => member.Value!, StringComparer.Ordinal)
            : new Dictionary<string, JsonNode>(StringComparer.Ordinal);

    public IReadOnlySet<string> Required =>
        _schema["required"] is JsonArray names
            ? names.Select(name => $"{name}").ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>(StringComparer.Ordinal);

    public IReadOnlyList<JsonNode?> Alternatives =>
        [.. Words.SelectMany(word => _schema[word] as JsonArray ?? []).Where(one => !IsNull(one))];

    /// <param name="schema">The schema.</param>
    /// <param name="root">The document that its references lead into.</param>
    public static SchemaView Of(JsonNode? schema, JsonNode root)
    {
        var orNull = false;
        for (var node = schema as JsonObject ?? []; ; )
        {
            if (node["$ref"] is { } reference)
                node = Follow(root, $"{reference}");
            else if (
                Words.Select(word => node[word]).OfType<JsonArray>().FirstOrDefault(any => any.Any(IsNull))
                is [var first, var second]
            )
            {
                orNull = true;
                node = (IsNull(first) ? second : first) as JsonObject ?? [];
            }
            else
                return new SchemaView(node, orNull);
        }
    }

    /// <summary>Whether two schemas say the same, whatever their comments are.</summary>
    public static bool AreAlike(JsonNode? one, JsonNode? other) =>
        JsonNode.DeepEquals(WithoutComment(one), WithoutComment(other));

    public JsonNode? Find(string part) => _schema[part] as JsonObject;

    public string? Text(string word) => _schema[word]?.ToString();

    /// <summary>What says no type may be of any, but for the values that it is one of.</summary>
    private static IEnumerable<string> TypesOf(JsonObject schema) =>
        (schema["type"], schema["enum"]) switch
        {
            (JsonArray many, _) => many.Select(type => $"{type}"),
            (null, JsonArray values) => values.Select(value =>
                value?.GetValueKind() switch
                {
                    null => "null",
                    JsonValueKind.String => "string",
                    _ => "number",
                }
            ),
            (null, _) => Anything,
            var (one, _) => [$"{one}"],
        };

    private static bool IsNull(JsonNode? schema) => schema?["type"] is JsonValue type && $"{type}" == "null";

    private static JsonObject Follow(JsonNode root, string reference) =>
        reference
            .TrimStart('#', '/')
            .Split('/')
            .Aggregate(
                (JsonNode?)root,
                (node, part) => node?[part.Replace("~1", "/", StringComparison.Ordinal)]
            ) as JsonObject
        ?? throw new InvalidOperationException($"'{reference}' leads nowhere.");

    private static JsonNode? WithoutComment(JsonNode? schema)
    {
        var copy = schema?.DeepClone();
        (copy as JsonObject)?.Remove("description");
        return copy;
    }
}
