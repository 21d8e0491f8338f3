using System.Reflection;

namespace Platform.Modules;

/// <summary>The modules that run in this process, and those of the same deployment that run in others.</summary>
internal sealed class ModuleCatalog
{
    private readonly Dictionary<Assembly, ModuleDefinition> _byAssembly;

    public ModuleCatalog(IReadOnlyList<ModuleDefinition> modules, IReadOnlyList<RemoteModule> remote)
    {
        Modules = modules;
        Remote = remote;
        _byAssembly = modules.ToDictionary(module => module.Assembly);
    }

    public IReadOnlyList<ModuleDefinition> Modules { get; }

    public IReadOnlyList<RemoteModule> Remote { get; }

    public ModuleDefinition Of(Assembly assembly) => _byAssembly[assembly];

    public ModuleDefinition? Find(string name) =>
        Modules.FirstOrDefault(module => module.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The modules elsewhere that follow <paramref name="stream"/>.</summary>
    public IEnumerable<ModuleDefinition> RemoteFollowersOf(string stream) =>
        Remote
            .Select(module => module.Definition)
            .Where(module => module.FollowedStreams.Contains(stream, StringComparer.Ordinal));

    /// <summary>Whether <paramref name="stream"/> is published in another process of this deployment.</summary>
    public bool IsRemote(string stream) => Remote.Any(module => module.Definition.Stream == stream);
}
