namespace Simulator.Deployments;

/// <summary>A host that can be run, and the modules that it has.</summary>
/// <param name="Assembly">The file that is started.</param>
/// <param name="Modules">Its modules, as their settings call them.</param>
internal sealed record HostBuild(string Assembly, IReadOnlyList<string> Modules)
{
    /// <summary>The one that the build or the environment names.</summary>
    public static HostBuild Chosen { get; } = new(HostAssembly.Path, HostAssembly.Modules);
}
