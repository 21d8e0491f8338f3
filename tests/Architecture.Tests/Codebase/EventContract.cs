using System.Reflection;

namespace Architecture.Tests.Codebase;

/// <summary>An event of a module as its listeners depend on it: its alias and its members, by name and type.</summary>
internal sealed record EventContract(string Name, IReadOnlyDictionary<string, string> Members)
{
    private const string AliasName = "Alias";

    public static bool IsEvent(Type type) => AliasFieldOf(type) is not null;

    /// <summary>The constant's value; null when it is missing or no constant.</summary>
    public static string? AliasOf(Type type) =>
        AliasFieldOf(type) is { IsLiteral: true } field ? field.GetRawConstantValue() as string : null;

    public static IEnumerable<Type> EventsOf(Project contracts) =>
        contracts.Loaded.GetExportedTypes().Where(IsEvent);

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

    /// <summary>What the contracts promise now: the events by alias, and what they are made of by name.</summary>
    public static IReadOnlyList<EventContract> Current(Project contracts) =>
        [
            .. EventsOf(contracts)
                .Select(type => Of(AliasOf(type) ?? type.Name, type))
                .Concat(PartsOf(contracts).Where(part => !IsEvent(part)).Select(part => Of(part.Name, part)))
                .OrderBy(contract => contract.Name, StringComparer.Ordinal),
        ];

    public override string ToString() =>
        string.Join('\n', Members.Select(member => $"  {member.Key}: {member.Value}").Prepend(Name));

    private static EventContract Of(string name, Type type)
    {
        var nullability = new NullabilityInfoContext();
        return new EventContract(
            name,
            type.GetProperties()
                .ToDictionary(
                    property => property.Name,
                    property => TypeNames.Of(nullability.Create(property)),
                    StringComparer.Ordinal
                )
        );
    }

    private static FieldInfo? AliasFieldOf(Type type) =>
        type.GetField(AliasName, BindingFlags.Public | BindingFlags.Static);

    private static IEnumerable<Type> TakeApart(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(TakeApart)
        : type.IsArray ? TakeApart(type.GetElementType()!)
        : [type];
}
