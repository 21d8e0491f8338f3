using Microsoft.Extensions.Configuration;
using Platform.Brokers;
using Platform.Modules;
using Platform.Settings;

namespace Platform.Hosting;

/// <summary>Where the modules of a build run, as <c>Modules:{Name}:Placement</c> says.</summary>
/// <param name="Here">Those that run in this process.</param>
/// <param name="Catalog">What this process knows of all of them.</param>
internal sealed record PlacedModules(
    IReadOnlyList<(IModule Module, ModuleDefinition Definition)> Here,
    ModuleCatalog Catalog
)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="SettingRefusedException">A module's setting is misspelt or wrong.</exception>
    public static PlacedModules Read(IReadOnlyList<IModule> modules, IConfiguration configuration)
    {
        var all = modules.Select(module => (Module: module, Definition: module.Define())).ToList();
        foreach (var (_, definition) in all)
            RefuseUnknownSettings(definition, configuration);
        var placed = all.ToLookup(one => PlacementOf(one.Definition, configuration));
        var here = placed[Placement.Local].ToList();
        return new PlacedModules(
            here,
            new ModuleCatalog(
                [.. here.Select(one => one.Definition)],
                [
                    .. placed[Placement.Remote]
                        .Select(one => new RemoteModule(
                            one.Definition,
                            ModuleAddresses.Read(configuration, one.Definition.Name)
                        )),
                ],
                ForeignTo(
                    [.. all.Select(one => one.Definition)],
                    here.Select(one => one.Definition),
                    configuration
                )
            )
        );
    }

    /// <summary>A misspelt key would leave the default in force, and nobody would know.</summary>
    private static void RefuseUnknownSettings(ModuleDefinition module, IConfiguration configuration)
    {
        IReadOnlyList<string> known = ["Placement", "Address", "Database", "Home", .. module.Settings];
        foreach (var setting in configuration.GetSection($"Modules:{module.Name}").GetChildren())
        {
            if (!known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new SettingRefusedException(
                    setting.Path,
                    $"there is no such setting; {module.Name} knows {string.Join(", ", known)}."
                );
            }
        }
    }

    private static Placement PlacementOf(ModuleDefinition module, IConfiguration configuration)
    {
        var key = $"Modules:{module.Name}:Placement";
        return configuration[key] is not { } text ? Placement.Local
            : Enum.TryParse<Placement>(text, ignoreCase: true, out var placement) ? placement
            : throw new SettingRefusedException(key, $"'{text}' is not known; use Local, Remote or Off.");
    }

    /// <summary>What is followed and said by no module of the build comes from another build, if there is a broker.</summary>
    private static IReadOnlyList<string> ForeignTo(
        IEnumerable<ModuleDefinition> all,
        IEnumerable<ModuleDefinition> here,
        IConfiguration configuration
    ) =>
        BrokerSetup.IsNamed(configuration)
            ?
            [
                .. here.SelectMany(module => module.FollowedStreams)
                    .Except(all.Select(module => module.Stream), StringComparer.Ordinal),
            ]
            : [];
}
