using Architecture.Tests.Codebase;
using Microsoft.EntityFrameworkCore;

namespace Architecture.Tests.Rules;

internal sealed class EachContextOwnsOneSchema : Rule<Type>
{
    public override string Guarantee =>
        "A module has one database context, and that has the module's schema.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<Type> Select(Project project) => DatabaseModels.ContextsOf(project);

    protected override bool Expects(Project project) => project.HasRoom("Data");

    protected override IEnumerable<Violation> Judge(Type subject, Project project, Landscape landscape)
    {
        if (!subject.IsAssignableTo(typeof(Platform.Data.ModuleDbContext)))
            yield return new Violation(
                subject.FullName!,
                "is no ModuleDbContext, so it has neither outbox nor cursors."
            );
        else if (DatabaseModels.ModelOf(subject).GetDefaultSchema() is var schema && schema != project.Schema)
            yield return new Violation(
                subject.FullName!,
                $"keeps its tables in schema '{schema}' instead of '{project.Schema}'."
            );
        if (Select(project).First() != subject)
            yield return new Violation(
                subject.FullName!,
                "is one database context too many; a module has one."
            );
    }
}
