using System.Reflection;

namespace Platform.Modules;

/// <summary>The modules that run in this process, and those of the same deployment that run in others.</summary>
internal sealed class ModuleCatalog
{
    private readonly Dictionary<Assembly, ModuleDefinition> _byAssembly;

    /// <summary>Of this process.</summary>
    /// <param name="modules">Those that run here.</param>
    /// <param name="remote">Those of this build that run in other processes.</param>
    /// <param name="foreign">The streams that modules of other builds say, as far as one here follows them.</param>
    public ModuleCatalog(
        IReadOnlyList<ModuleDefinition> modules,
        IReadOnlyList<RemoteModule> remote,
        IReadOnlyList<string>? foreign = null
    )
    {
        Modules = modules;
        Remote = remote;
        Foreign = foreign ?? [];
        _byAssembly = modules.ToDictionary(module => module.Assembly);
    }

    public IReadOnlyList<ModuleDefinition> Modules { get; }

    public IReadOnlyList<RemoteModule> Remote { get; }

    /// <summary>
    /// The streams that are followed here and that no module of this build says: a module that has a repository of its
    /// own knows others by their contracts alone.
    /// </summary>
    public IReadOnlyList<string> Foreign { get; }

    public ModuleDefinition Of(Assembly assembly) => _byAssembly[assembly];

    public ModuleDefinition? Find(string name) =>
        Modules.FirstOrDefault(module => module.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The modules elsewhere that follow <paramref name="stream"/>.</summary>
    public IEnumerable<ModuleDefinition> RemoteFollowersOf(string stream) =>
        Remote
            .Select(module => module.Definition)
            .Where(module => module.FollowedStreams.Contains(stream, StringComparer.Ordinal));

    /// <summary>Whether <paramref name="stream"/> is published in another process of this deployment.</summary>
    public bool IsRemote(string stream) =>
        Foreign.Contains(stream, StringComparer.Ordinal)
        || Remote.Any(module => module.Definition.Stream == stream);
}
