using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>
/// Listeners that run elsewhere, or rows that wait in an outbox, still speak the old shape. An addition is
/// harmless once approved; anything else is a new version beside the old one.
/// </summary>
internal sealed class EventsStayAsApproved : Rule<EventContract>
{
    public override string Guarantee => "An event keeps the shape that its listeners were promised.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Contracts;

    protected override IEnumerable<EventContract> Select(Project project) =>
        EventContract
            .Current(project)
            .UnionBy(ApprovedEvents.Of(project), contract => contract.Name, StringComparer.Ordinal);

    protected override IEnumerable<Violation> Judge(
        EventContract subject,
        Project project,
        Landscape landscape
    )
    {
        var approved = ApprovedEvents.Of(project).FirstOrDefault(contract => contract.Name == subject.Name);
        var current = EventContract
            .Current(project)
            .FirstOrDefault(contract => contract.Name == subject.Name);
        if (approved is null)
            yield return Addition(subject.Name, project, $"the block\n{current}\n");
        else if (current is null)
            yield return Break(subject.Name, "is gone");
        else
        {
            foreach (var (name, type) in approved.Members)
            {
                if (!current.Members.TryGetValue(name, out var now))
                    yield return Break($"{subject.Name} {name}", "is gone");
                else if (now != type)
                    yield return Break($"{subject.Name} {name}", $"is {now} instead of {type}");
            }
            foreach (
                var (name, type) in current.Members.Where(member => !approved.Members.ContainsKey(member.Key))
            )
                yield return Addition(
                    $"{subject.Name} {name}",
                    project,
                    $"the line '  {name}: {type}' to {subject.Name}"
                );
        }
    }

    private static Violation Addition(string place, Project project, string what) =>
        new(
            place,
            $"is new; if listeners can do without it and it has a default, approve it by adding to {project.Name}/{ApprovedEvents.FileName} {what}."
        );

    private static Violation Break(string place, string how) =>
        new(
            place,
            $"{how}, which breaks its listeners; leave it as it was and publish a new version (…v2) beside it."
        );
}
