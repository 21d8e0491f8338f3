using Architecture.Tests.Codebase;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Architecture.Tests.Rules;

internal sealed class TablesStayInTheirSchema : Rule<IEntityType>
{
    public override string Guarantee =>
        "No table, view or foreign key of a module lies in or points at another schema.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<IEntityType> Select(Project project) =>
        DatabaseModels.ContextsOf(project).SelectMany(context => DatabaseModels.ModelOf(context).Entities);

    protected override bool Expects(Project project) => project.HasRoom("Data");

    protected override IEnumerable<Violation> Judge(IEntityType subject, Project project, Landscape landscape)
    {
        var place = subject.ClrType.FullName!;
        if (SchemaOf(subject) is { } schema && schema != project.Schema)
            yield return new Violation(
                place,
                $"is mapped to schema '{schema}' instead of '{project.Schema}'."
            );
        foreach (var key in subject.GetForeignKeys())
        {
            if (SchemaOf(key.PrincipalEntityType) is { } other && other != project.Schema)
                yield return new Violation(
                    place,
                    $"has a foreign key to schema '{other}'; keep the id, not the key."
                );
        }
        if (
            landscape.NamesOfOthers(project).Contains(NameOfModuleOf(subject.ClrType), StringComparer.Ordinal)
        )
            yield return new Violation(project.Name, $"maps {place}, which is another module's.");
    }

    private static string? SchemaOf(IEntityType type) =>
        type.GetTableName() is not null ? type.GetSchema() ?? "(none)"
        : type.GetViewName() is not null ? type.GetViewSchema() ?? "(none)"
        : null;

    private static string NameOfModuleOf(Type type) =>
        type.Assembly.GetName().Name!.Replace(".Contracts", "", StringComparison.Ordinal);
}
