using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace Platform.Extraction;

/// <summary>
/// What a document in a column consists of by the model of one engine, which keeps instants in it, for one, as it keeps
/// them in columns. A document read by one engine's shape can be written by another's.
/// </summary>
internal sealed class JsonShape
{
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly bool _isList;
    private readonly IReadOnlyList<Member> _members;

    private JsonShape(ITypeBase type, bool isList)
    {
        _isList = isList;
        _members =
        [
            .. type.GetProperties()
                .Where(property => property.GetJsonPropertyName() is not null)
                .Select(property => new Member(property.GetJsonPropertyName()!, property, null)),
            .. type.GetComplexProperties()
                .Select(part => new Member(
                    part.GetJsonPropertyName() ?? part.Name,
                    null,
                    new JsonShape(part.ComplexType, part.IsCollection)
                )),
            .. Parts(type as IEntityType),
        ];
    }

    /// <summary>The document that is kept in a column.</summary>
    public static JsonShape Of(IColumn column)
    {
        var model = column.Table.Model.Model;
        foreach (var type in model.GetEntityTypes())
        {
            if (
                type.FindOwnership() is { PrincipalToDependent: { } part } ownership
                && type.GetContainerColumnName() == column.Name
                && !ownership.PrincipalEntityType.IsMappedToJson()
                && column.Table.EntityTypeMappings.Any(mapping =>
                    mapping.TypeBase == ownership.PrincipalEntityType
                )
            )
            {
                return new JsonShape(type, part.IsCollection);
            }
            var complex = type.GetComplexProperties()
                .FirstOrDefault(candidate =>
                    candidate.ComplexType.GetContainerColumnName() == column.Name
                    && column.Table.EntityTypeMappings.Any(mapping => mapping.TypeBase == type)
                );
            if (complex is not null)
                return new JsonShape(complex.ComplexType, complex.IsCollection);
        }
        throw new NotSupportedException(
            $"{column.Table.Name}.{column.Name}: the model does not say what is kept in it."
        );
    }

    public object? Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Read(document.RootElement);
    }

    public string Write(object value)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Plain))
            Write(json, value);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private object? Read(JsonElement element) =>
        element.ValueKind is JsonValueKind.Null ? null
        : _isList ? element.EnumerateArray().Select(ReadOne).ToList()
        : ReadOne(element);

    private object? ReadOne(JsonElement element) =>
        element.ValueKind is JsonValueKind.Null
            ? null
            : _members
                .Select(member => KeyValuePair.Create(member.Name, member.ReadFrom(element)))
                .OrderBy(member => member.Key, StringComparer.Ordinal)
                .ToList();

    private void Write(Utf8JsonWriter json, object? value)
    {
        if (value is not List<object?> items || !_isList)
        {
            WriteOne(json, value);
            return;
        }
        json.WriteStartArray();
        foreach (var item in items)
            WriteOne(json, item);
        json.WriteEndArray();
    }

    private void WriteOne(Utf8JsonWriter json, object? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }
        var values = ((List<KeyValuePair<string, object?>>)value).ToDictionary(StringComparer.Ordinal);
        json.WriteStartObject();
        foreach (var member in _members)
        {
            json.WritePropertyName(member.Name);
            member.WriteTo(json, values.GetValueOrDefault(member.Name));
        }
        json.WriteEndObject();
    }

    private static IEnumerable<Member> Parts(IEntityType? type) =>
        (type?.GetNavigations() ?? [])
            .Where(part => !part.IsOnDependent && part.TargetEntityType.IsMappedToJson())
            .Select(part => new Member(
                part.TargetEntityType.GetJsonPropertyName() ?? part.Name,
                null,
                new JsonShape(part.TargetEntityType, part.IsCollection)
            ));

    private sealed record Member(string Name, IProperty? Value, JsonShape? Part)
    {
        private JsonValueReaderWriter Kept =>
            Value!.GetJsonValueReaderWriter() ?? Value!.GetTypeMapping().JsonValueReaderWriter!;

        public object? ReadFrom(JsonElement owner) =>
            !owner.TryGetProperty(Name, out var element) || element.ValueKind is JsonValueKind.Null ? null
            : Part is not null ? Part.Read(element)
            : Kept.FromJsonString(element.GetRawText());

        public void WriteTo(Utf8JsonWriter json, object? value)
        {
            if (value is null)
                json.WriteNullValue();
            else if (Part is not null)
                Part.Write(json, value);
            else
                Kept.ToJson(json, value);
        }
    }
}
