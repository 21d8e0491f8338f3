using System.Reflection;

namespace Simulator.Deployments;

/// <summary>Where the build put the host.</summary>
internal static class HostAssembly
{
    public static string Path { get; } =
        typeof(HostAssembly)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Host")
            .Value!;
}
