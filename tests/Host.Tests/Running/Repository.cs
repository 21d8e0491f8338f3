namespace Host.Tests.Running;

internal static class Repository
{
    /// <summary>The folder that holds the solution, above the place the tests were built to.</summary>
    public static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Above(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Monolith.sln"))
            ? folder.FullName
            : Above(
                folder.Parent ?? throw new DirectoryNotFoundException("No Monolith.sln above these tests.")
            );
}
