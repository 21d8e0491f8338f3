using System.Text.RegularExpressions;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>Reads the sources: a constant or <c>nameof</c> of a framework is gone from the compiled code.</summary>
internal sealed class DomainNamesNoFramework : Rule<SourceFile>
{
    public override string Guarantee => "The domain's sources name no framework, not even for a constant.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<SourceFile> Select(Project project) =>
        project.Sources.Where(source => source.Room == "Domain");

    protected override bool Expects(Project project) => project.HasRoom("Domain");

    protected override IEnumerable<Violation> Judge(
        SourceFile subject,
        Project project,
        Landscape landscape
    ) =>
        subject
            .Usings.Where(name => !IsAllowed(name, project))
            .Concat(
                Regex
                    .Matches(subject.Code, Stranger(project.Name), RegexOptions.None, TimeSpan.FromSeconds(1))
                    .Select(match => match.Value)
            )
            .Distinct(StringComparer.Ordinal)
            .Select(name => new Violation(
                subject.PlaceIn(project),
                $"names {name}; the domain is plain C#."
            ));

    private static bool IsAllowed(string name, Project project) =>
        new[] { "System", "Platform.Domain", $"{project.Name}.Domain" }.Any(allowed =>
            name == allowed || name.StartsWith(allowed + ".", StringComparison.Ordinal)
        );

    private static string Stranger(string module) =>
        $@"(?<![\w.])(Microsoft\.\w+|MediatR\.|Wolverine\.|FluentValidation\.|Platform\.(?!Domain\b)[A-Z]\w*|{module}\.(Contracts|Features|Integration|Data|Pages)\b)[\w.]*";
}
