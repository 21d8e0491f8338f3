using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

internal sealed class PlatformKnowsNoModule : Rule<string>
{
    public override string Guarantee => "The platform knows no module, not even its contracts.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Of(ProjectKind.Platform);

    protected override IEnumerable<string> Select(Project project) =>
        project
            .CompiledAgainst.Concat(project.Compiled.AssemblyReferences.Select(reference => reference.Name))
            .Distinct(StringComparer.Ordinal);

    protected override IEnumerable<Violation> Judge(string subject, Project project, Landscape landscape) =>
        landscape.Modules.Concat(landscape.Contracts).Any(known => known.Name == subject)
            ?
            [
                new Violation(
                    project.Name,
                    $"is compiled against {subject}; the platform serves every module and knows none."
                ),
            ]
            : [];
}
