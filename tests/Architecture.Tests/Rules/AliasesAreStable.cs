using System.Text.RegularExpressions;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

internal sealed class AliasesAreStable : Rule<Type>
{
    public override string Guarantee =>
        "An event has one constant alias, <module>.<event>.v<number>, that no other has.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Contracts;

    protected override IEnumerable<Type> Select(Project project) => EventContract.EventsOf(project);

    protected override IEnumerable<Violation> Judge(Type subject, Project project, Landscape landscape)
    {
        var place = subject.FullName!;
        if (EventContract.AliasOf(subject) is not { } alias)
        {
            yield return new Violation(place, "has an Alias that is no constant text.");
            yield break;
        }
        if (
            !Regex.IsMatch(
                alias,
                $@"^{project.Schema}\.[a-z]+(-[a-z]+)*\.v\d+$",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
        )
            yield return new Violation(
                place,
                $"has alias '{alias}' instead of '{project.Schema}.<what-happened>.v<number>'."
            );
        var first = landscape
            .Contracts.SelectMany(EventContract.EventsOf)
            .First(other => EventContract.AliasOf(other) == alias);
        if (first != subject)
            yield return new Violation(place, $"has the alias '{alias}' of {first.FullName}.");
    }
}
