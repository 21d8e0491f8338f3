using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Orders.Data;

/// <summary>
/// Keeps an immutable value whole in one text column: it is read and written with its row, and nobody queries
/// into it.
/// </summary>
internal sealed class JsonColumn<T>() : ValueConverter<T, string>(value => Write(value), text => Read(text))
    where T : class
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static string Write(T value) => JsonSerializer.Serialize(value, Options);

    private static T Read(string text) =>
        JsonSerializer.Deserialize<T>(text, Options)
        ?? throw new JsonException("A JSON column holds the literal null.");
}

/// <summary>Values of a JSON column never change in place, so another reference means another value.</summary>
internal sealed class ReferenceComparer<T>()
    : ValueComparer<T>(
        (one, other) => ReferenceEquals(one, other),
        value => RuntimeHelpers.GetHashCode(value),
        value => value
    )
    where T : class;

internal static class JsonColumns
{
    /// <summary>Every property of this type is a JSON column.</summary>
    public static void AreJson<T>(this ModelConfigurationBuilder conventions)
        where T : class => conventions.Properties<T>().HaveConversion<JsonColumn<T>, ReferenceComparer<T>>();
}
