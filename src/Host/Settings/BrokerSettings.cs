using Platform.Brokers;

namespace Host.Settings;

/// <summary>The broker between processes; none while no module here exchanges events with one elsewhere.</summary>
internal sealed record BrokerSettings(BrokerKind Kind)
{
    public static BrokerSettings Read(SettingsReader reader)
    {
        reader.RefuseOthers(
            "Broker",
            nameof(BrokerOptions.Kind),
            nameof(BrokerOptions.ConnectionString),
            nameof(BrokerOptions.Prefix),
            nameof(BrokerOptions.ReportInterval),
            nameof(BrokerOptions.KeepFor),
            nameof(BrokerOptions.ReplayByItself),
            nameof(BrokerOptions.Followers)
        );
        reader.Duration("Broker:ReportInterval", TimeSpan.FromSeconds(2));
        reader.Duration("Broker:KeepFor", TimeSpan.FromHours(1));
        reader.Flag("Broker:ReplayByItself", otherwise: true);
        foreach (var follower in reader.Names("Broker:Followers"))
            reader.Texts($"Broker:Followers:{follower}");
        return new BrokerSettings(reader.Choice("Broker:Kind", BrokerKind.None));
    }
}
