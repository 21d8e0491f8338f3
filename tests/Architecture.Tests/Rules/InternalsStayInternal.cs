using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

internal sealed class InternalsStayInternal : Rule<string>
{
    private const string OpenTo = "System.Runtime.CompilerServices.InternalsVisibleToAttribute";

    public override string Guarantee => "A module opens its internals to its own tests only.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<string> Select(Project project) =>
        project
            .Compiled.Assembly.CustomAttributes.Where(attribute => attribute.AttributeType.FullName == OpenTo)
            .Select(attribute => (string)attribute.ConstructorArguments[0].Value);

    protected override bool Expects(Project project) => false;

    protected override IEnumerable<Violation> Judge(string subject, Project project, Landscape landscape) =>
        subject == project.Name + ".Tests"
            ? []
            :
            [
                new Violation(
                    project.Name,
                    $"opens its internals to {subject}; only {project.Name}.Tests may look inside."
                ),
            ];
}
