using Mono.Cecil;

namespace Architecture.Tests.Codebase;

/// <summary>Finds referenced assemblies beside the tests and among the frameworks these run on.</summary>
internal sealed class Neighbours : DefaultAssemblyResolver
{
    private static readonly string[] Frameworks =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(file => Path.GetDirectoryName(file)!)
            .Distinct(StringComparer.Ordinal),
    ];

    public static Neighbours Of(string folder)
    {
        var neighbours = new Neighbours();
        neighbours.AddSearchDirectory(folder);
        foreach (var framework in Frameworks)
            neighbours.AddSearchDirectory(framework);
        return neighbours;
    }
}
