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
        var place = subject.FullName!;
        var model = DatabaseModels.ModelOf(subject);
        if (!subject.IsAssignableTo(typeof(Platform.Data.ModuleDbContext)))
            yield return new Violation(place, "is no ModuleDbContext, so it has neither outbox nor cursors.");
        else if (model.Failure is { } failure)
            yield return new Violation(place, $"has a model that cannot be built: {failure}");
        else if (model.Model!.GetDefaultSchema() is var schema && schema != project.Schema)
            yield return new Violation(
                place,
                $"keeps its tables in schema '{schema}' instead of '{project.Schema}'."
            );
        if (Select(project).First() != subject)
            yield return new Violation(place, "is one database context too many; a module has one.");
    }
}
