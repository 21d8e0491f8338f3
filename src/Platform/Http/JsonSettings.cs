using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Http;

/// <summary>
/// How JSON is read and written at every process's edge. Reading is strict, so that a body is either understood
/// whole or refused with the field at fault: no number in a string, no null where a value is needed, no value
/// silently defaulted because its member was missing. Members nobody knows are ignored, so that a newer client
/// can talk to an older server.
/// </summary>
public static class JsonSettings
{
    /// <summary>Applies the settings to the JSON of endpoints and problem details.</summary>
    public static IServiceCollection AddJson(this IServiceCollection services) =>
        services.Configure<JsonOptions>(options => Apply(options.SerializerOptions));

    /// <summary>Applies the settings to options that start from <see cref="JsonSerializerDefaults.Web"/>.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new FiniteDoubleConverter());
        options.Converters.Add(new PlainDecimalConverter());
        var resolver = options.TypeInfoResolver is null or DefaultJsonTypeInfoResolver
            ? new DefaultJsonTypeInfoResolver()
            : options.TypeInfoResolver;
        options.TypeInfoResolver = resolver.WithAddedModifier(RequireWhatIsNotOptional);
    }

    /// <summary>
    /// A record's constructor says what is optional: what is nullable or has a default. Everything else must be
    /// in the body; without this a missing quantity would be read as 0.
    /// </summary>
    private static void RequireWhatIsNotOptional(JsonTypeInfo type)
    {
        if (type.Kind is not JsonTypeInfoKind.Object)
            return;
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false } parameter && !MayBeNull(parameter))
                property.IsRequired = true;
        }
    }

    private static bool MayBeNull(JsonParameterInfo parameter) =>
        parameter.ParameterType.IsValueType
            ? Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            : parameter.IsNullable;

    /// <summary>1e999 parses as infinity, which no latitude, weight or factor can be.</summary>
    private sealed class FiniteDoubleConverter : JsonConverter<double>
    {
        public override double Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            reader.TokenType is JsonTokenType.Number
            && reader.TryGetDouble(out var value)
            && double.IsFinite(value)
                ? value
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value);
    }

    /// <summary>Databases give an amount back with the zeros of its column's scale: 23000.0000 is written 23000.</summary>
    private sealed class PlainDecimalConverter : JsonConverter<decimal>
    {
        /// <summary>Dividing by it leaves the value and drops the zeros.</summary>
        private const decimal OneWithEveryZero = 1.0000000000000000000000000000m;

        public override decimal Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var value)
                ? value
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / OneWithEveryZero);
    }
}
