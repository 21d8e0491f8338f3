namespace Architecture.Tests.Codebase;

internal static class Repository
{
    /// <summary>The folder that holds the solution, above the place the tests were built to.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new DirectoryNotFoundException("No Monolith.sln above these tests.")
        : File.Exists(Path.Combine(folder.FullName, "Monolith.sln")) ? folder.FullName
        : Find(folder.Parent);
}
