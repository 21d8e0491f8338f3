using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>An event and the type that handles it, by full name.</summary>
internal sealed record Subscription(string Event, string Handler);

/// <summary>
/// An event that a handler waits for but the module does not declare passes by in silence; one that it declares
/// but nothing handles stops the host.
/// </summary>
internal sealed class SubscriptionsAreDeclared : Rule<Subscription>
{
    public override string Guarantee =>
        "A module declares exactly the events that its Integration handlers take.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<Subscription> Select(Project project) =>
        Written(project).Union(Declared(project));

    protected override bool Expects(Project project) => project.HasRoom("Integration");

    protected override IEnumerable<Violation> Judge(
        Subscription subject,
        Project project,
        Landscape landscape
    )
    {
        if (!Declared(project).Contains(subject))
            yield return new Violation(
                subject.Handler,
                $"handles {subject.Event}, which {project.Name}Module does not declare."
            );
        if (!Written(project).Contains(subject))
            yield return new Violation(
                $"{project.Name}.{project.Name}Module",
                $"declares {subject.Event} for {subject.Handler}, which does not handle it."
            );
    }

    private static IEnumerable<Subscription> Written(Project project) =>
        project
            .Room("Integration")
            .SelectMany(handler =>
                EventHandling.EventsOf(handler).Select(name => new Subscription(name, handler.FullName))
            );

    private static IEnumerable<Subscription> Declared(Project project) =>
        project.Handled.Select(handled => new Subscription(
            handled.Event.ClrType.FullName!,
            handled.Handler.FullName!
        ));
}
