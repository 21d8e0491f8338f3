using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Streams;

/// <summary>
/// What an event looks like on every wire, as JSON Schema: from the record, the options it is written with and its doc
/// comments, so that whoever reads it in another language reads the same.
/// </summary>
internal static class EventSchema
{
    /// <summary>The schema of an event, with its alias as title.</summary>
    public static JsonObject Of(EventType happened)
    {
        var comments = DocComments.Of(happened.ClrType.Assembly);
        var schema = EventJson
            .Options.GetJsonSchemaAsNode(
                happened.ClrType,
                new JsonSchemaExporterOptions
                {
                    TreatNullObliviousAsNonNullable = true,
                    TransformSchemaNode = (context, node) => Describe(context, node, comments),
                }
            )
            .AsObject();
        var whole = new JsonObject { ["title"] = happened.Alias };
        if (comments.SummaryOf(happened.ClrType) is { } summary)
            whole["description"] = summary;
        foreach (var (word, value) in schema.ToList())
        {
            schema.Remove(word);
            whole[word] = value;
        }
        return whole;
    }

    /// <summary>How wide numbers are, which JSON does not say and a listener in another language must know.</summary>
    private static readonly Dictionary<Type, string> Widths = new()
    {
        [typeof(int)] = "int32",
        [typeof(long)] = "int64",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node, DocComments comments)
    {
        if (node is not JsonObject schema)
            return node;
        var type = context.TypeInfo.Type;
        if (Widths.TryGetValue(Nullable.GetUnderlyingType(type) ?? type, out var width))
            schema["format"] = width;
        if (context.PropertyInfo is not { } member)
            return node;
        if (AllowedValuesOf(member) is { } allowed)
            schema["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonValue.Create($"{value}"))]);
        if (comments.OfMember(member.DeclaringType, NameOf(member)) is { } comment)
            schema.Insert(0, "description", comment);
        return schema;
    }

    private static AllowedValuesAttribute? AllowedValuesOf(JsonPropertyInfo member) =>
        new[] { member.AttributeProvider, member.AssociatedParameter?.AttributeProvider }
            .OfType<ICustomAttributeProvider>()
            .SelectMany(provider => provider.GetCustomAttributes(typeof(AllowedValuesAttribute), true))
            .OfType<AllowedValuesAttribute>()
            .FirstOrDefault();

    private static string NameOf(JsonPropertyInfo member) =>
        (member.AttributeProvider as MemberInfo)?.Name ?? member.Name;
}
