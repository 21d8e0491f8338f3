using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

internal sealed class ContractsDependOnNothing : Rule<string>
{
    private static readonly string[] Base =
    [
        "System",
        "Microsoft.CSharp",
        "Microsoft.VisualBasic",
        "Microsoft.Win32",
        "mscorlib",
        "netstandard",
        "WindowsBase",
    ];

    public override string Guarantee => "Contracts need nothing but the base class library.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Contracts;

    protected override IEnumerable<string> Select(Project project) =>
        project
            .CompiledAgainst.Concat(project.Compiled.AssemblyReferences.Select(reference => reference.Name))
            .Distinct(StringComparer.Ordinal);

    protected override IEnumerable<Violation> Judge(string subject, Project project, Landscape landscape) =>
        Base.Any(name => subject == name || subject.StartsWith(name + ".", StringComparison.Ordinal))
            ? []
            : [new Violation(project.Name, $"is compiled against {subject}; events are plain records.")];
}
