using System.Net;
using Platform.Settings;

namespace Host.Settings;

/// <summary>What stands between the host and its callers.</summary>
/// <param name="KnownProxies">Whose forwarded headers are believed; nobody's by default.</param>
/// <param name="MetricsForEveryone">Whether remote addresses may read the metrics.</param>
internal sealed record EdgeSettings(IReadOnlyList<IPNetwork> KnownProxies, bool MetricsForEveryone)
{
    public static EdgeSettings Read(SettingsReader reader)
    {
        reader.RefuseOthers("Edge", "KnownProxies");
        reader.RefuseOthers("Metrics", "AllowRemote");
        return new EdgeSettings(
            [.. reader.Texts("Edge:KnownProxies").Select(ReadNetwork)],
            reader.Flag("Metrics:AllowRemote", otherwise: false)
        );
    }

    private static IPNetwork ReadNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new SettingRefusedException(
                "Edge:KnownProxies",
                $"'{text}' is neither an address nor a network such as 10.0.0.0/8."
            );
    }
}
