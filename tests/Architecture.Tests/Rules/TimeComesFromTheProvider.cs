using Architecture.Tests.Codebase;
using Mono.Cecil;

namespace Architecture.Tests.Rules;

/// <summary>A clock that a test cannot set makes every deadline untestable.</summary>
internal sealed class TimeComesFromTheProvider : Rule<MethodDefinition>
{
    private static readonly (string Type, string Member)[] Forbidden =
    [
        ("System.DateTime", "get_Now"),
        ("System.DateTime", "get_UtcNow"),
        ("System.DateTime", "get_Today"),
        ("System.DateTimeOffset", "get_Now"),
        ("System.DateTimeOffset", "get_UtcNow"),
        ("System.Guid", "NewGuid"),
    ];

    public override string Guarantee => "Time comes from TimeProvider, and ids from the time.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Projects;

    protected override IEnumerable<MethodDefinition> Select(Project project) => project.Bodies;

    protected override IEnumerable<Violation> Judge(
        MethodDefinition subject,
        Project project,
        Landscape landscape
    ) =>
        subject
            .Calls()
            .Where(call => IsForbidden(call) || IsShortcut(call, project))
            .Select(call => new Violation(
                subject.Place(),
                $"takes {call.DeclaringType.Name}.{call.Name.Replace("get_", "", StringComparison.Ordinal)}; take the time from TimeProvider."
            ));

    private static bool IsForbidden(MethodReference call) =>
        Array.Exists(Forbidden, member => call.Is(member.Type, member.Member));

    /// <summary>The system's clock is for those who compose the process; a module is handed its clock.</summary>
    private static bool IsShortcut(MethodReference call, Project project) =>
        project.Kind == ProjectKind.Module
        && (
            call.Is("System.TimeProvider", "get_System")
            || call.Is("System.Guid", "CreateVersion7") && call.Parameters.Count == 0
        );
}
