using System.Reflection;

namespace Architecture.Tests.Codebase;

/// <summary>Tells the events among the records of a module's contracts, and what they are made of.</summary>
internal static class EventContract
{
    private const string AliasName = "Alias";

    public static bool IsEvent(Type type) => AliasFieldOf(type) is not null;

    /// <summary>The constant's value; null when it is missing or no constant.</summary>
    public static string? AliasOf(Type type) =>
        AliasFieldOf(type) is { IsLiteral: true } field ? field.GetRawConstantValue() as string : null;

    public static IEnumerable<Type> EventsOf(Project contracts) =>
        contracts.Loaded.GetExportedTypes().Where(IsEvent);

    /// <summary>The record that goes by an alias; null when there is none.</summary>
    public static Type? TypeOf(Project contracts, string alias) =>
        EventsOf(contracts).FirstOrDefault(type => AliasOf(type) == alias);

    /// <summary>The types of the same contracts that events are made of.</summary>
    public static IReadOnlySet<Type> PartsOf(Project contracts)
    {
        var parts = new HashSet<Type>();
        var open = new Stack<Type>(EventsOf(contracts));
        while (open.TryPop(out var type))
        {
            foreach (
                var part in type.GetProperties().SelectMany(property => TakeApart(property.PropertyType))
            )
            {
                if (part.Assembly == contracts.Loaded && parts.Add(part))
                    open.Push(part);
            }
        }
        return parts;
    }

    private static FieldInfo? AliasFieldOf(Type type) =>
        type.GetField(AliasName, BindingFlags.Public | BindingFlags.Static);

    private static IEnumerable<Type> TakeApart(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(TakeApart)
        : type.IsArray ? TakeApart(type.GetElementType()!)
        : [type];
}
