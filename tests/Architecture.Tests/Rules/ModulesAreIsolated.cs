using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>
/// Looks at what the compiler was given, not only at what the code kept of it: a constant or a <c>nameof</c>
/// of another module is copied and leaves no reference behind.
/// </summary>
internal sealed class ModulesAreIsolated : Rule<string>
{
    public override string Guarantee =>
        "A module knows other modules by their contracts only, in both directions.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<string> Select(Project project) =>
        project
            .CompiledAgainst.Concat(project.Compiled.AssemblyReferences.Select(reference => reference.Name))
            .Distinct(StringComparer.Ordinal);

    protected override IEnumerable<Violation> Judge(string subject, Project project, Landscape landscape)
    {
        if (
            !landscape.Projects.Any(other => IsOutOfReach(other) && other.Name == subject && other != project)
        )
            yield break;
        var users = project
            .WrittenTypes.Where(type => type.DeclaringType is null)
            .SelectMany(TypeUses.Of)
            .Where(use => use.Assembly == subject)
            .Select(use => use.Place)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        yield return new Violation(
            project.Name,
            users.Count == 0
                ? $"is compiled against {subject}, of which it uses constants or names at most; reference {subject}.Contracts."
                : $"is compiled against {subject} for {string.Join(", ", users)}; listen to its events instead."
        );
    }

    private static bool IsOutOfReach(Project project) =>
        project.Kind is ProjectKind.Module or ProjectKind.Host;
}
