using Architecture.Tests.Codebase;

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
        var file = $"{project.Name}/{EventExamples.FileName}";
        var examples = EventExamples.Of(project).Where(example => example.Alias == alias).ToList();
        foreach (var example in examples)
        {
            if (EventExamples.FailureOf(example, subject) is { } failure)
            {
                yield return new Violation(
                    alias,
                    $"cannot be read as it was written before ({file}, line {example.Line}): {failure} Whoever said "
                        + "it then left the member out, so give it a default, as in 'string? Hint = null', or publish "
                        + "a new version (…v2) beside it."
                );
            }
        }
        if (!examples.Exists(example => EventExamples.IsWhole(example, subject)))
        {
            yield return new Violation(
                alias,
                $"has no example of what it looks like now; add to {file} the line '{alias} {EventExamples.Write(subject)}'."
            );
        }
    }
}
