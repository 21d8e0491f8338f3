using Host.Identity;
using Platform.Data;
using Platform.Modules;
using Platform.Settings;

namespace Host.Settings;

/// <summary>What the command <c>migrate</c> must know: where the databases of this process are.</summary>
/// <param name="Identity">Where the built-in issuer keeps accounts; null with an external one.</param>
internal sealed record MigrationSettings(DatabaseChoice? Identity)
{
    /// <summary>Reads it, or refuses the first value that is wrong.</summary>
    /// <param name="configuration">
    /// Where the values come from. The data folder is made absolute in it, and modules elsewhere are left out, since
    /// their own processes migrate them.
    /// </param>
    /// <param name="environment">Decides the defaults that differ in Development.</param>
    /// <param name="moduleNames">The modules this host is composed of; others are misspelt.</param>
    /// <exception cref="SettingRefusedException">A value is wrong or missing.</exception>
    public static MigrationSettings Read(
        IConfiguration configuration,
        IHostEnvironment environment,
        IReadOnlyCollection<string> moduleNames
    )
    {
        var reader = new SettingsReader(configuration);
        configuration["Database:Directory"] = DatabaseSettings.Read(reader, environment).Directory;
        foreach (var module in ModuleSettings.ReadAll(reader, moduleNames).Values)
        {
            if (module.Placement == Placement.Remote)
                configuration[$"Modules:{module.Name}:Placement"] = nameof(Placement.Off);
        }
        reader.RefuseOthers("Auth:Database", "Engine", "ConnectionString");
        return new MigrationSettings(
            reader.Address("Auth:Authority") is null ? reader.Database("Auth", IdentityDatabase.Schema) : null
        );
    }
}
