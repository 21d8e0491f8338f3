using Architecture.Tests.Codebase;
using Mono.Cecil;

namespace Architecture.Tests.Rules;

/// <summary>
/// The host puts modules together and knows their front doors alone. What Wolverine generated into it may name
/// their event handlers, which is all it does.
/// </summary>
internal sealed class HostHoldsNoRule : Rule<TypeDefinition>
{
    public override string Guarantee => "The host knows the modules' front doors and holds no business rule.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Of(ProjectKind.Host);

    protected override IEnumerable<TypeDefinition> Select(Project project) =>
        project.AllTypes.Where(type =>
            type.DeclaringType is null && type.Name != "<Module>" && !type.IsIn("Internal.Generated")
        );

    protected override IEnumerable<Violation> Judge(
        TypeDefinition subject,
        Project project,
        Landscape landscape
    )
    {
        var place = subject.Place();
        if (landscape.ModuleNames.Any(subject.IsIn))
            yield return new Violation(place, "stands in a module's namespace; it belongs to that module.");
        if (subject.Implements(PlatformTypes.RequestHandler))
            yield return new Violation(place, "handles a request; use cases live in modules.");
        if (subject.Implements(PlatformTypes.AggregateRoot))
            yield return new Violation(place, "is an aggregate; rules live in modules.");
        if (subject.Inherits(PlatformTypes.ModuleDbContext))
            yield return new Violation(place, "is a module's database context; it belongs to a module.");
        foreach (var use in TypeUses.Of(subject).Where(use => IsBehindADoor(use, landscape)))
            yield return new Violation(
                use.Place,
                $"uses {use.Type.FullName}; of a module the host knows the front door only."
            );
    }

    private static bool IsBehindADoor(TypeUse use, Landscape landscape) =>
        landscape.Contracts.Any(contracts => contracts.Name == use.Assembly)
        || landscape.Modules.Any(module =>
            module.Name == use.Assembly && use.Type.FullName != $"{module.Name}.{module.Name}Module"
        );
}
