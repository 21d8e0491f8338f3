using System.Text.RegularExpressions;
using Architecture.Tests.Codebase;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Architecture.Tests.Rules;

/// <summary>A call that maps an endpoint, in the method that makes it.</summary>
internal sealed record Mapping(MethodDefinition Method, Instruction Call)
{
    public MethodReference Target => (MethodReference)Call.Operand;

    /// <summary>What the author wrote, such as <c>MapGet</c>; the compiler numbers the calls that it binds.</summary>
    public string Name => Target.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}

/// <summary>
/// Tools do not see into lambdas, least of all async ones, and a stack trace does not name them. So each route
/// names its method.
/// </summary>
internal sealed partial class EndpointsAreMethodGroups : Rule<Mapping>
{
    /// <summary>Where the compiler puts its binding of endpoints; what it hands on, a module's own call handed it.</summary>
    private const string Binding = "Microsoft.AspNetCore.Http.Generated";

    public override string Guarantee => "An endpoint is a method with a name, never a lambda.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<Mapping> Select(Project project) =>
        project
            .Bodies.Where(method => !method.DeclaringType.IsIn(Binding))
            .SelectMany(method =>
                method
                    .Body.Instructions.Where(instruction =>
                        instruction.Operand is MethodReference call && HandlerIn(call) >= 0
                    )
                    .Select(instruction => new Mapping(method, instruction))
            );

    protected override bool Expects(Project project) =>
        project.Sources.Any(source => Maps().IsMatch(source.Code));

    protected override IEnumerable<Violation> Judge(Mapping subject, Project project, Landscape landscape)
    {
        var handler = StackReading.Argument(subject.Call, HandlerIn(subject.Target));
        return StackReading.MethodIn(handler) switch
        {
            null =>
            [
                new Violation(
                    subject.Method.Place(),
                    $"passes {subject.Name} a handler that cannot be read; name the method there."
                ),
            ],
            { } method when method.Name.Contains('<', StringComparison.Ordinal) =>
            [
                new Violation(
                    subject.Method.Place(),
                    $"passes {subject.Name} a lambda or local function; give the endpoint a method."
                ),
            ],
            _ => [],
        };
    }

    /// <summary>The index of the delegate among the parameters of a method that maps an endpoint; −1 for any other.</summary>
    private static int HandlerIn(MethodReference call) =>
        call.Name.StartsWith("Map", StringComparison.Ordinal)
            ? call
                .Parameters.ToList()
                .FindLastIndex(parameter => parameter.ParameterType.Name is "Delegate" or "RequestDelegate")
            : -1;

    [GeneratedRegex(@"\.Map(Get|Post|Put|Patch|Delete|Methods)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Maps();
}
