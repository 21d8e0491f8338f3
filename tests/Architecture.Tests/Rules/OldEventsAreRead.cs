using Architecture.Tests.Codebase;
using Architecture.Tests.Contracts;

namespace Architecture.Tests.Rules;

/// <summary>
/// Rows wait in outboxes, queues and dead letters for as long as it takes. A member that was added and must be there
/// would park every event that was said before.
/// </summary>
internal sealed class OldEventsAreRead : Rule<Type>
{
    public override string Guarantee => "Today's code reads an event as it was ever written.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Contracts;

    protected override IEnumerable<Type> Select(Project project) =>
        EventContract.EventsOf(project).Where(type => EventContract.AliasOf(type) is not null);

    protected override IEnumerable<Violation> Judge(Type subject, Project project, Landscape landscape)
    {
        var alias = EventContract.AliasOf(subject)!;
        var before = EventFile.Of(project).FirstOrDefault(file => file.Alias == alias);
        var now = EventFile.Now(project, subject, []);
        foreach (var (number, example) in (before?.Examples ?? []).Index())
        {
            if (EventExamples.FailureOf(example, subject) is { } failure)
            {
                yield return new Violation(
                    alias,
                    $"cannot be read as it was written before ({before!.Name}, example {number + 1}): {failure} Whoever "
                        + "said it then left the member out, so give it a default, as in 'string? Hint = null', or "
                        + "publish a new version (…v2) beside it."
                );
            }
        }
        if (before?.Examples.Any(example => EventExamples.IsWhole(example, now.Schema)) != true)
        {
            yield return new Violation(
                alias,
                $"has no example in {now.Name} of what it looks like now; have {EventsStayAsApproved.Command} add it."
            );
        }
    }
}
