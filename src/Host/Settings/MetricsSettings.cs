using Platform.Settings;

namespace Host.Settings;

/// <summary>Who may read the metrics, besides this machine and operators.</summary>
/// <param name="ForEveryone">Anybody who reaches this process.</param>
/// <param name="Key">Whoever sends it as a bearer token; null when nobody can.</param>
internal sealed record MetricsSettings(bool ForEveryone, string? Key)
{
    /// <summary>A key is a machine's, which need not remember it.</summary>
    private const int ShortestKey = 20;

    public static MetricsSettings Read(SettingsReader reader)
    {
        reader.RefuseOthers("Metrics", "AllowRemote", "Key");
        var key = reader.Text("Metrics:Key");
        return key is { Length: < ShortestKey }
            ? throw new SettingRefusedException(
                "Metrics:Key",
                $"it is too short to be a secret; use at least {ShortestKey} characters."
            )
            : new MetricsSettings(reader.Flag("Metrics:AllowRemote", otherwise: false), key);
    }
}
