namespace System.Tests.Running;

/// <summary>Which modules run in processes of their own, their names separated by commas.</summary>
internal static class Placement
{
    public const string AllLocal = "";

    /// <summary>The placement that <c>MONOLITH_PLACEMENT</c> names for a run; null when it names none.</summary>
    public static string? Named => Environment.GetEnvironmentVariable("MONOLITH_PLACEMENT");
}
