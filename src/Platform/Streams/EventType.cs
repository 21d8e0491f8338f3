using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
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
    private static readonly ConcurrentDictionary<Type, (PropertyInfo, AllowedValuesAttribute)[]> Closed =
        new();

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

    /// <summary>Makes sure that what is said keeps to the values that the contract names.</summary>
    /// <exception cref="ArgumentException">A member has none of its allowed values.</exception>
    internal void ThrowIfNotAllowed(object happened)
    {
        foreach (var (member, allowed) in Closed.GetOrAdd(ClrType, ClosedMembersOf))
        {
            var value = member.GetValue(happened);
            if (!allowed.IsValid(value))
                throw new ArgumentException(
                    $"{Alias} says '{value}' for {member.Name}, which is one of {string.Join(", ", allowed.Values)}.",
                    nameof(happened)
                );
        }
    }

    internal string Serialize(object happened) =>
        JsonSerializer.Serialize(happened, ClrType, EventJson.Options);

    internal object Deserialize(string payload) =>
        JsonSerializer.Deserialize(payload, ClrType, EventJson.Options)
        ?? throw new JsonException($"The payload of {Alias} is the JSON literal null.");

    internal static EventType? Find(Type type) => Known.GetOrAdd(type, Read);

    private static (PropertyInfo, AllowedValuesAttribute)[] ClosedMembersOf(Type type) =>
        [
            .. type.GetProperties()
                .Select(member => (member, allowed: AllowedFor(type, member)))
                .Where(closed => closed.allowed is not null)
                .Select(closed => (closed.member, closed.allowed!)),
        ];

    /// <summary>What stands before a record's parameter belongs to the parameter, and not to the property.</summary>
    private static AllowedValuesAttribute? AllowedFor(Type type, PropertyInfo member) =>
        member.GetCustomAttribute<AllowedValuesAttribute>()
        ?? type.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(parameter => parameter.Name == member.Name)
            ?.GetCustomAttribute<AllowedValuesAttribute>();

    private static EventType? Read(Type type) =>
        type.GetField("Alias", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
        && field.GetRawConstantValue() is string alias
            ? new EventType(alias, type)
            : null;
}
