using Host.Settings;
using Platform.Hosting;

namespace Host.Commands;

/// <summary>
/// The modules of this build and their databases as they are configured, for commands that serve nobody: neither an
/// issuer's address nor a certificate nor a broker is asked for.
/// </summary>
internal static class ModulesAlone
{
    /// <summary>Builds them; the caller disposes of them.</summary>
    /// <param name="line">What was typed.</param>
    /// <param name="composition">What the build consists of.</param>
    /// <param name="isSilent">Whether the command says itself what there is to say.</param>
    /// <exception cref="Platform.Settings.SettingRefusedException">A value is wrong or missing.</exception>
    public static (WebApplication App, MigrationSettings Settings) Build(
        CommandLine line,
        Composition composition,
        bool isSilent
    )
    {
        var builder = WebApplication.CreateBuilder(HostSettings.From(line.Settings));
        var settings = MigrationSettings.Read(
            builder.Configuration,
            builder.Environment,
            composition.ModuleNames
        );
        if (isSilent)
            builder.Logging.ClearProviders();
        builder.Host.UseDefaultServiceProvider(services => services.ValidateOnBuild = false);
        builder.AddModules(composition.Modules, composition.ConfigureBus);
        return (builder.Build(), settings);
    }
}
