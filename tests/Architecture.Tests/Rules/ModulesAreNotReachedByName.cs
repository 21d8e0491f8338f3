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
            .Modules.Where(other => other.Owner != project.Owner && Names(subject.Text, other))
            .Select(other => new Violation(
                subject.Place,
                $"names a type inside {other.Owner}: \"{subject.Text}\"."
            ));

    /// <summary>A key such as <c>Reviews.Title</c> looks like a type and is none, so what is named must be there.</summary>
    private static bool Names(string text, Project module) =>
        Regex
            .Matches(
                text,
                $@"(?<![\w.]){module.Name}(\.[A-Z]\w*)+",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Any(match =>
                module.WrittenTypes.Any(type =>
                    IsAt(match.Value, type.FullName)
                    || type.Namespace.Length > module.Name.Length && IsAt(match.Value, type.Namespace)
                )
            );

    private static bool IsAt(string text, string name) =>
        text == name || text.StartsWith($"{name}.", StringComparison.Ordinal);
}
