using System.Reflection;

namespace System.Tests.Running;

/// <summary>What the build told this assembly about where it stands.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("Repository");

    /// <summary>The host that is started: where the build put it, or the published one that <c>MONOLITH_HOST</c> names.</summary>
    public static string HostAssembly { get; } =
        Environment.GetEnvironmentVariable("MONOLITH_HOST") is { Length: > 0 } published
            ? published
            : Metadata("Host");

    /// <summary>The host with one module more.</summary>
    public static string FourModulesAssembly { get; } = Metadata("FourModules");

    public static string SimulatorAssembly { get; } = Metadata("Simulator");

    public static string FiguresAssembly { get; } = Metadata("Figures");

    private static string Metadata(string key) =>
        typeof(Repository)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
}
