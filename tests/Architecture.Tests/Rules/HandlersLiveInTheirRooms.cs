using Architecture.Tests.Codebase;
using Mono.Cecil;

namespace Architecture.Tests.Rules;

/// <summary>
/// Wolverine takes every public class named <c>*Handler</c> for its own, and sees no internal one. So the
/// handlers of people's requests are internal, those of events public, and each has its room.
/// </summary>
internal sealed class HandlersLiveInTheirRooms : Rule<TypeDefinition>
{
    public override string Guarantee =>
        "Handlers of requests are internal, in Features or Integration; handlers of events public, in Integration only.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<TypeDefinition> Select(Project project) =>
        project.WrittenTypes.Where(type =>
            type.IsClass
            && (HandlesRequests(type) || EventHandling.EventsOf(type).Any() || IsTakenByWolverine(type))
        );

    protected override bool Expects(Project project) =>
        project.HasRoom("Features") || project.HasRoom("Integration");

    protected override IEnumerable<Violation> Judge(
        TypeDefinition subject,
        Project project,
        Landscape landscape
    )
    {
        var place = subject.Place();
        var isInIntegration = subject.IsIn($"{project.Name}.Integration");
        if (HandlesRequests(subject))
        {
            if (!isInIntegration && !subject.IsIn($"{project.Name}.Features"))
                yield return new Violation(place, "handles a request outside Features and Integration.");
            if (subject.IsPublic)
                yield return new Violation(
                    place,
                    "handles a request and is public, so Wolverine takes it for an event's; make it internal."
                );
        }
        else if (!isInIntegration)
        {
            yield return new Violation(
                place,
                "handles events outside Integration, or is public and named as if it did."
            );
        }
        else if (!IsTakenByWolverine(subject))
        {
            yield return new Violation(
                place,
                "handles an event but is not public or not named *Handler, so Wolverine never calls it."
            );
        }
        else if (EventHandling.EventsOf(subject).Count() != 1)
        {
            yield return new Violation(place, "must handle exactly one event, in one method named Handle.");
        }
    }

    private static bool HandlesRequests(TypeDefinition type) => type.Implements(PlatformTypes.RequestHandler);

    private static bool IsTakenByWolverine(TypeDefinition type) =>
        type.IsPublic && type.Name.EndsWith("Handler", StringComparison.Ordinal);
}
