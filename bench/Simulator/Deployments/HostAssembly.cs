using System.Reflection;

namespace Simulator.Deployments;

/// <summary>The host that is run: where the build put it, or another one that has modules more.</summary>
internal static class HostAssembly
{
    /// <summary><c>MONOLITH_HOST</c> names another host's assembly.</summary>
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("MONOLITH_HOST") is { Length: > 0 } other
            ? other
            : typeof(HostAssembly)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "Host")
                .Value!;

    /// <summary>The modules it has; <c>MONOLITH_MODULES</c> names another host's, separated by commas.</summary>
    public static string[] Modules { get; } =
        (
            Environment.GetEnvironmentVariable("MONOLITH_MODULES") is { Length: > 0 } others
                ? others
                : "Orders,Riders,Reviews"
        ).Split(',');
}
