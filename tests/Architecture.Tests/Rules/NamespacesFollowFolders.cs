using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>Rules select by namespace, so a file in the wrong one would slip through all of them.</summary>
internal sealed class NamespacesFollowFolders : Rule<SourceFile>
{
    public override string Guarantee => "Folder, assembly and namespace agree.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Projects;

    protected override IEnumerable<SourceFile> Select(Project project) =>
        project.Sources.Where(source => source.DeclaresTypes);

    protected override bool Expects(Project project) =>
        project.Kind != ProjectKind.Host && base.Expects(project);

    protected override IEnumerable<Violation> Judge(SourceFile subject, Project project, Landscape landscape)
    {
        var expected = string.Join('.', new[] { project.Name }.Concat(subject.Folders));
        return subject.Namespaces.DefaultIfEmpty("the global one").Any(actual => actual != expected)
            ? [new Violation(subject.PlaceIn(project), $"must declare its types in namespace {expected}.")]
            : [];
    }
}
