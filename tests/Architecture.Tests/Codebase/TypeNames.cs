using System.Reflection;

namespace Architecture.Tests.Codebase;

/// <summary>Spells types as C# does, with the question mark of what may be null.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(NullabilityInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.Type) ?? member.Type;
        return Spell(type, member) + (member.ReadState == NullabilityState.Nullable ? "?" : "");
    }

    private static string Spell(Type type, NullabilityInfo member) =>
        type.IsArray ? Of(member.ElementType!) + "[]"
        : type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", member.GenericTypeArguments.Select(Of))}>"
        : Keywords.GetValueOrDefault(type, type.Name);
}
