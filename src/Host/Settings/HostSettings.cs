using System.Collections.Immutable;
using Platform.Data;
using Platform.Modules;
using Platform.Settings;

namespace Host.Settings;

/// <summary>All that the host is told from outside, read and checked once, before anything is built from it.</summary>
internal sealed record HostSettings(
    DeploymentSettings Deployment,
    DatabaseSettings Database,
    BrokerSettings Broker,
    AuthSettings Auth,
    EdgeSettings Edge,
    MetricsSettings Metrics,
    GatewaySettings Gateway,
    AlertSettings Alerts,
    ImmutableDictionary<string, ModuleSettings> Modules
)
{
    /// <summary>
    /// Where the host's own files are: in the working folder, or beside the program when it was started from
    /// elsewhere; there it would otherwise run without its settings and not say so.
    /// </summary>
    public static WebApplicationOptions From(string[] args) =>
        new()
        {
            Args = args,
            ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory,
        };

    /// <summary>Reads everything, or refuses the first value that is wrong.</summary>
    /// <param name="configuration">
    /// Where the values come from. The data folder is made absolute in it, so that every part of the process
    /// means the same folder.
    /// </param>
    /// <param name="environment">Decides the defaults that differ in Development.</param>
    /// <param name="moduleNames">The modules this host is composed of; others are misspelt.</param>
    /// <exception cref="SettingRefusedException">A value is wrong or missing.</exception>
    public static HostSettings Read(
        IConfiguration configuration,
        IHostEnvironment environment,
        params IReadOnlyCollection<string> moduleNames
    )
    {
        var reader = new SettingsReader(configuration);
        var database = DatabaseSettings.Read(reader, environment);
        configuration["Database:Directory"] = database.Directory;
        var settings = new HostSettings(
            DeploymentSettings.Read(reader, configuration),
            database,
            BrokerSettings.Read(reader),
            AuthSettings.Read(reader, environment),
            EdgeSettings.Read(reader, environment),
            MetricsSettings.Read(reader),
            GatewaySettings.Read(reader),
            AlertSettings.Read(reader),
            ModuleSettings.ReadAll(reader, moduleNames)
        );
        if (settings.KeepsFiles(reader))
            database.MakeDirectory();
        return settings;
    }

    /// <summary>
    /// Whether anything is kept in the data folder: files of SQLite, the key of Development or, with an external issuer
    /// that people sign in with, sessions and the keys of their cookies. Otherwise it need not be there, or writable.
    /// </summary>
    private bool KeepsFiles(SettingsReader reader) =>
        (Auth.IsBuiltIn ? Auth.SigningCertificatePath is null : Auth.ClientId is not null)
        || Auth.Database?.Engine is DatabaseEngine.Sqlite
        || Modules.Values.Any(module =>
            module.Placement is Placement.Local
            && reader.Database($"Modules:{module.Name}", module.Name.ToLowerInvariant()).Engine
                is DatabaseEngine.Sqlite
        );
}

/// <summary>Where state is kept, unless a module says otherwise.</summary>
/// <param name="Directory">The folder of the SQLite files and of the development keys, absolute.</param>
/// <param name="Migrate">Whether to migrate at start; otherwise a database that lags behind stops the start.</param>
internal sealed record DatabaseSettings(string Directory, bool Migrate)
{
    public static DatabaseSettings Read(SettingsReader reader, IHostEnvironment environment)
    {
        reader.RefuseOthers("Database", "Engine", "ConnectionString", "Directory", "Migrate");
        var directory = reader.Text("Database:Directory") ?? "data";
        var migrate = reader.Flag("Database:Migrate", environment.IsDevelopment());
        try
        {
            return new DatabaseSettings(Path.GetFullPath(directory, environment.ContentRootPath), migrate);
        }
        catch (ArgumentException)
        {
            throw Unusable(directory);
        }
    }

    /// <summary>Makes the folder, for what is to be kept in it.</summary>
    public void MakeDirectory()
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Directory);
        }
    }

    private static SettingRefusedException Unusable(string directory) =>
        new("Database:Directory", $"the folder '{directory}' can be neither used nor created.");
}

/// <summary>What the deployment says of one module; its own numbers it reads itself.</summary>
/// <param name="Name">The module's name.</param>
/// <param name="Placement">Where it runs.</param>
/// <param name="Addresses">Where its replicas are reached; none where this process need not know.</param>
internal sealed record ModuleSettings(string Name, Placement Placement, IReadOnlyList<Uri> Addresses)
{
    public static ImmutableDictionary<string, ModuleSettings> ReadAll(
        SettingsReader reader,
        IReadOnlyCollection<string> names
    )
    {
        reader.RefuseOtherModules(names);
        return names
            .Select(name => Read(reader, name))
            .ToImmutableDictionary(module => module.Name, StringComparer.Ordinal);
    }

    private static ModuleSettings Read(SettingsReader reader, string name)
    {
        var section = $"Modules:{name}";
        reader.RefuseOthers($"{section}:Database", "Engine", "ConnectionString");
        return new ModuleSettings(
            name,
            reader.Choice($"{section}:Placement", Placement.Local),
            reader.Addresses(name)
        );
    }
}
