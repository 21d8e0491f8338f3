using Mono.Cecil;

namespace Architecture.Tests.Codebase;

/// <summary>Recognises handlers of integration events by what their methods take.</summary>
internal static class EventHandling
{
    private static readonly string[] Names = ["Handle", "HandleAsync", "Consume", "ConsumeAsync"];

    /// <summary>The events, by full name, that the type has a handler method for.</summary>
    public static IEnumerable<string> EventsOf(TypeDefinition type) =>
        type
            .Methods.Where(method => method.IsPublic && Names.Contains(method.Name, StringComparer.Ordinal))
            .Select(method => method.Parameters.FirstOrDefault()?.ParameterType)
            .OfType<TypeReference>()
            .Where(message => message.Scope.Name.EndsWith(".Contracts", StringComparison.Ordinal))
            .Select(message => message.FullName);
}
