using Architecture.Tests.Codebase;
using NetArchTest.Rules;

namespace Architecture.Tests.Rules;

internal sealed class ClassesAreSealed : Rule<Type>
{
    public override string Guarantee => "A class is sealed unless something derives from it.";

    protected override IEnumerable<Project> Scope(Landscape landscape) =>
        landscape.Modules.Concat(landscape.Contracts);

    protected override IEnumerable<Type> Select(Project project) =>
        Types
            .InAssembly(project.Loaded)
            .That()
            .AreClasses()
            .And()
            .AreNotAbstract()
            .And()
            .AreNotStatic()
            .GetTypes();

    protected override IEnumerable<Violation> Judge(Type subject, Project project, Landscape landscape)
    {
        var type = project.Compiled.GetType(subject.FullName!.Replace('+', '/'));
        return
            type.IsSealed
            || type.IsPageOf(project)
            || type.IsMadeByTheCompiler()
            || type.IsMigration()
            || IsBase(subject)
            ? []
            : [new Violation(type.Place(), "can be derived from, but nothing does: seal it.")];
    }

    private static bool IsBase(Type type) =>
        Array.Exists(type.Assembly.GetTypes(), other => other.BaseType == type);
}
