using System.Text.RegularExpressions;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>Reflection goes round the compiler: <c>Type.GetType("Riders.Domain.Rider, Riders")</c>.</summary>
internal sealed class ModulesAreNotReachedByName : Rule<Literal>
{
    public override string Guarantee => "No text in a module names a type inside another module.";

    protected override IEnumerable<Project> Scope(Landscape landscape) =>
        landscape.Modules.Concat(landscape.Contracts);

    protected override IEnumerable<Literal> Select(Project project) => Literals.Of(project);

    protected override IEnumerable<Violation> Judge(Literal subject, Project project, Landscape landscape) =>
        landscape
            .NamesOfOthers(project)
            .Where(other =>
                Regex.IsMatch(subject.Text, TypeInside(other), RegexOptions.None, TimeSpan.FromSeconds(1))
            )
            .Select(other => new Violation(
                subject.Place,
                $"names a type inside {other}: \"{subject.Text}\"."
            ));

    private static string TypeInside(string module) =>
        $@"(^|[^\w.]){module}\.(?!Contracts\b)[A-Z]\w*(\.|\+|,|$|`)";
}
