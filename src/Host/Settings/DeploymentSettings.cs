using Platform.Data;

namespace Host.Settings;

/// <summary>What this process is within its deployment.</summary>
/// <param name="Name">The home that it is one of; processes of the same name are replicas of each other.</param>
internal sealed record DeploymentSettings(string Name)
{
    public static DeploymentSettings Read(SettingsReader reader, IConfiguration configuration)
    {
        reader.RefuseOthers("Deployment", "Name");
        return new DeploymentSettings(HomeName.Read(configuration));
    }
}
