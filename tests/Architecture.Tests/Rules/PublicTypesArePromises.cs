using Architecture.Tests.Codebase;
using Mono.Cecil;
using NetArchTest.Rules;

namespace Architecture.Tests.Rules;

/// <summary>
/// Internal is the default. Public are the front door, the handlers of other modules' events (Wolverine wants
/// them so), pages (Razor makes them so) and the records of the contracts.
/// </summary>
internal sealed class PublicTypesArePromises : Rule<Type>
{
    public override string Guarantee =>
        "Only contracts, the module's front door, its event handlers and its pages are public.";

    protected override IEnumerable<Project> Scope(Landscape landscape) =>
        landscape.Modules.Concat(landscape.Contracts);

    protected override IEnumerable<Type> Select(Project project) =>
        Types
            .InAssembly(project.Loaded)
            .That()
            .ArePublic()
            .Or()
            .AreNestedPublic()
            .GetTypes()
            .Where(type => type.IsVisible);

    protected override IEnumerable<Violation> Judge(Type subject, Project project, Landscape landscape)
    {
        var type = project.Compiled.GetType(subject.FullName!.Replace('+', '/'));
        return project.Kind == ProjectKind.Contracts
            ? IsContract(type, project)
                ? []
                :
                [
                    new Violation(
                        type.Place(),
                        "is public and no record; contracts hold records and nothing else."
                    ),
                ]
            : IsFrontDoor(type, project)
            || IsEventHandler(type, project)
            || type.IsPageOf(project)
            || type.IsMigration()
                ? []
                :
                [
                    new Violation(
                        type.Place(),
                        "is public; make it internal, for a public type is a promise."
                    ),
                ];
    }

    private static bool IsContract(TypeDefinition type, Project project) =>
        type.IsRecord() && type.IsIn(project.Name);

    private static bool IsFrontDoor(TypeDefinition type, Project project) =>
        type.FullName == $"{project.Name}.{project.Name}Module" && type.Implements(PlatformTypes.Module);

    private static bool IsEventHandler(TypeDefinition type, Project project) =>
        type.IsIn($"{project.Name}.Integration") && type.Name.EndsWith("Handler", StringComparison.Ordinal);
}
