using System.Reflection;

namespace Platform.Modules;

/// <summary>The modules that run in this process.</summary>
internal sealed class ModuleCatalog
{
    private readonly Dictionary<Assembly, ModuleDefinition> _byAssembly;

    public ModuleCatalog(IReadOnlyList<ModuleDefinition> modules)
    {
        Modules = modules;
        _byAssembly = modules.ToDictionary(module => module.Assembly);
    }

    public IReadOnlyList<ModuleDefinition> Modules { get; }

    public ModuleDefinition Of(Assembly assembly) => _byAssembly[assembly];

    public ModuleDefinition? Find(string name) =>
        Modules.FirstOrDefault(module => module.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
