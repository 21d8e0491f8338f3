namespace Architecture.Tests.Codebase;

/// <summary>
/// Assemblies are told apart by their names alone: of two with one name, one would be judged, loaded and shipped for
/// the other.
/// </summary>
internal static class ProjectNames
{
    /// <summary>Names that more than one project below a folder has.</summary>
    public static Violations Shared(string root) =>
        Violations.Of(
            Directory
                .EnumerateFiles(root, "*.csproj", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(folder => folder is "bin" or "obj"))
                // What a new module is made from is built by nobody until it has a name of its own.
                .Where(file => !file.StartsWith("templates/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase)
                .Where(name => name.Count() > 1)
                .Select(name => new Violation(
                    name.Key,
                    $"is the name of {string.Join(" and ", name)}; one assembly would stand in for the other. Rename one."
                ))
        );
}
