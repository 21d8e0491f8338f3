using System.Net;
using Platform.Settings;

namespace Host.Settings;

/// <summary>What stands between the host and its callers.</summary>
/// <param name="KnownProxies">Whose forwarded headers are believed; nobody's by default.</param>
/// <param name="DrainFor">How long it serves on after SIGTERM, while it says that it is not ready.</param>
internal sealed record EdgeSettings(IReadOnlyList<IPNetwork> KnownProxies, TimeSpan DrainFor)
{
    /// <summary>What a proxy that puts the host below a path is told, and who configures one.</summary>
    public const string WantsAHost =
        "pages, sign-in and the issuer begin at the root, so the host wants a name of its own, such as food.example.";

    private const string PathBase = "PathBase";

    /// <summary>Some looks of a balancer; nobody waits for a developer's process.</summary>
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(5);

    public static EdgeSettings Read(SettingsReader reader, IHostEnvironment environment)
    {
        reader.RefuseOthers("Edge", nameof(KnownProxies), nameof(DrainFor), PathBase);
        if (reader.Text($"Edge:{PathBase}") is not null)
            throw new SettingRefusedException($"Edge:{PathBase}", WantsAHost);
        foreach (var address in reader.Text("urls")?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [])
            RefuseUnlessAddress(address.Trim());
        return new EdgeSettings(
            [.. reader.Texts("Edge:KnownProxies").Select(ReadNetwork)],
            reader.Pause("Edge:DrainFor", environment.IsDevelopment() ? TimeSpan.Zero : Drained)
        );
    }

    /// <summary>The server takes what it cannot read as a port for the default one, and listens to everybody.</summary>
    private static void RefuseUnlessAddress(string text)
    {
        var readable = text.Replace("//*", "//any", StringComparison.Ordinal)
            .Replace("//+", "//any", StringComparison.Ordinal);
        if (
            !text.StartsWith("http://unix:/", StringComparison.OrdinalIgnoreCase)
            && !(
                Uri.TryCreate(readable, UriKind.Absolute, out var address)
                && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            )
        )
        {
            throw new SettingRefusedException(
                "urls",
                $"'{text}' is not an address such as http://localhost:5080."
            );
        }
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
