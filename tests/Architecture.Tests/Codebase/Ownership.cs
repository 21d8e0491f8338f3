namespace Architecture.Tests.Codebase;

/// <summary>Whether <c>CODEOWNERS</c> names a team for every module.</summary>
internal static class Ownership
{
    public static Violations Of(Landscape landscape) =>
        Of(landscape, File.ReadAllLines(Path.Combine(Repository.Root, "CODEOWNERS")));

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
}
