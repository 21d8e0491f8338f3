namespace Architecture.Tests.Codebase;

/// <summary>Whether <c>CODEOWNERS</c> names a team for every module.</summary>
internal static class Ownership
{
    public static Violations Of(Landscape landscape) => Of(landscape, Lines());

    /// <summary>The teams that own a module.</summary>
    public static IEnumerable<string> OwnersOf(string module) =>
        Lines()
            .Where(line => line.StartsWith($"/src/Modules/{module}/ ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1));

    public static Violations Of(Landscape landscape, IReadOnlyCollection<string> lines) =>
        Violations.Of(
            landscape
                .ModuleNames.Where(name =>
                    !lines.Any(line => line.StartsWith($"/src/Modules/{name}/ ", StringComparison.Ordinal))
                )
                .Select(name => new Violation(
                    name,
                    $"has no owner: add a line '/src/Modules/{name}/ @team' to CODEOWNERS."
                ))
        );

    private static string[] Lines() => File.ReadAllLines(Path.Combine(Repository.Root, "CODEOWNERS"));
}
