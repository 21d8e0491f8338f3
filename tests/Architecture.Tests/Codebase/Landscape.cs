using Architecture.Tests.Contracts;

namespace Architecture.Tests.Codebase;

/// <summary>
/// All projects that follow the layout below one folder. Found by looking, not by name: a module added later is
/// covered from the moment its project files lie in <c>Modules/&lt;Name&gt;</c>.
/// </summary>
internal sealed class Landscape
{
    private static readonly Lazy<Landscape> Product = new(() =>
        At(Path.Combine(Repository.Root, "src"), Path.Combine(Repository.Root, "docs", "contracts"))
    );

    private Landscape(IEnumerable<Project> projects, IEnumerable<OutsideListener> outside) =>
        (Projects, Outside) = ([.. projects], [.. outside]);

    public IReadOnlyList<Project> Projects { get; }

    /// <summary>Those outside who said that they read events of these modules.</summary>
    public IReadOnlyList<OutsideListener> Outside { get; }

    public IEnumerable<Project> Modules => Of(ProjectKind.Module);

    public IEnumerable<Project> Contracts => Of(ProjectKind.Contracts);

    public IEnumerable<string> ModuleNames => Modules.Select(module => module.Owner);

    public static Landscape OfRepository() => Product.Value;

    public static Landscape OfFixtures(string set) =>
        At(Path.Combine(Repository.Root, "tests", "Architecture.Fixtures", set));

    public static Landscape At(string folder) => At(folder, Path.Combine(folder, "docs", "contracts"));

    /// <param name="folder">Where the projects are.</param>
    /// <param name="contracts">Where it is kept what their listeners were promised.</param>
    public static Landscape At(string folder, string contracts)
    {
        var modules = Path.Combine(folder, "Modules");
        var parents = Directory.Exists(modules) ? Directory.GetDirectories(modules) : [];
        return new Landscape(
            [
                .. parents.SelectMany(parent =>
                    Read(ProjectKind.Contracts, Path.Combine(parent, "Contracts"))
                ),
                .. parents.SelectMany(parent => Read(ProjectKind.Module, Path.Combine(parent, "Module"))),
                .. Read(ProjectKind.Platform, Path.Combine(folder, "Platform")),
                .. Read(ProjectKind.Host, Path.Combine(folder, "Host")),
            ],
            Listeners.ReadFrom(contracts)
        );

        IEnumerable<Project> Read(ProjectKind kind, string place) =>
            Directory.Exists(place)
                ? Directory
                    .EnumerateFiles(place, "*.csproj")
                    .Select(file => Project.Of(kind, file, contracts))
                : [];
    }

    public Landscape And(Landscape other) =>
        new([.. Projects, .. other.Projects], [.. Outside, .. other.Outside]);

    public IEnumerable<Project> Of(ProjectKind kind) => Projects.Where(project => project.Kind == kind);

    public IEnumerable<string> NamesOfOthers(Project project) =>
        ModuleNames.Where(name => name != project.Owner);
}
