using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace Platform.Streams;

/// <summary>
/// A kind of integration event. On every wire and in every table it is known by its alias alone, so that
/// a record may be renamed or moved without anyone noticing.
/// </summary>
/// <param name="Alias">Such as <c>orders.order-placed.v1</c>; the part before the first dot names the stream.</param>
/// <param name="ClrType">The record in the publisher's contracts.</param>
public sealed record EventType(string Alias, Type ClrType)
{
    private static readonly ConcurrentDictionary<Type, EventType?> Known = new();

    /// <summary>The stream it is said on: the publishing module's name in lower case.</summary>
    public string Stream { get; } = Alias[..Math.Max(0, Alias.IndexOf('.', StringComparison.Ordinal))];

    /// <summary>The event type of a record of a contracts assembly.</summary>
    /// <exception cref="ArgumentException">The record has no <c>Alias</c> constant.</exception>
    public static EventType Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Find(type) is { } found
            ? found
            : throw new ArgumentException(
                $"{type} has no constant 'Alias', so it cannot be an event.",
                nameof(type)
            );
    }

    /// <summary>Every event that a contracts assembly declares.</summary>
    public static IEnumerable<EventType> DeclaredIn(Assembly contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        return contracts.GetExportedTypes().Select(Find).OfType<EventType>();
    }

    internal string Serialize(object happened) =>
        JsonSerializer.Serialize(happened, ClrType, EventJson.Options);

    internal object Deserialize(string payload) =>
        JsonSerializer.Deserialize(payload, ClrType, EventJson.Options)
        ?? throw new JsonException($"The payload of {Alias} is the JSON literal null.");

    internal static EventType? Find(Type type) => Known.GetOrAdd(type, Read);

    private static EventType? Read(Type type) =>
        type.GetField("Alias", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
        && field.GetRawConstantValue() is string alias
            ? new EventType(alias, type)
            : null;
}
