using Architecture.Tests.Codebase;
using Mono.Cecil;

namespace Architecture.Tests.Rules;

/// <summary>
/// Reads every use, from lambdas, async methods and attributes too, and holds it against what is allowed rather
/// than against what is known to be wrong.
/// </summary>
internal sealed class DomainIsPure : Rule<TypeDefinition>
{
    public override string Guarantee =>
        "The domain is plain C#: the base class library and Platform.Domain, nothing else.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<TypeDefinition> Select(Project project) =>
        project.Room("Domain").Where(type => type.DeclaringType is null);

    protected override bool Expects(Project project) => project.HasRoom("Domain");

    protected override IEnumerable<Violation> Judge(
        TypeDefinition subject,
        Project project,
        Landscape landscape
    ) =>
        TypeUses
            .Of(subject)
            .Where(use => !IsAllowed(use, project))
            .Select(use => new Violation(use.Place, $"uses {use.Type.FullName}; the domain is plain C#."));

    private static bool IsAllowed(TypeUse use, Project project) =>
        use.Assembly == project.Name
            ? use.IsIn($"{project.Name}.Domain") || use.Type.Resolve().IsMadeByTheCompiler()
            : use.IsIn("Platform.Domain") || use.IsIn("System");
}
