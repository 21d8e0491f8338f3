using Architecture.Tests.Codebase;
using Mono.Cecil;

namespace Architecture.Tests.Rules;

internal sealed class ModulesHaveOneFrontDoor : Rule<TypeDefinition>
{
    public override string Guarantee => "A module has one front door, <Name>Module, at its root.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<TypeDefinition> Select(Project project) =>
        project.WrittenTypes.Where(type => type.Implements(PlatformTypes.Module));

    protected override IEnumerable<Violation> Judge(
        TypeDefinition subject,
        Project project,
        Landscape landscape
    ) =>
        subject.FullName == $"{project.Name}.{project.Name}Module"
            ? []
            :
            [
                new Violation(
                    subject.Place(),
                    $"is a second front door; {project.Name}.{project.Name}Module is the one."
                ),
            ];
}
