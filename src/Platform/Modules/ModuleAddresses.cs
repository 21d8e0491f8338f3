using Microsoft.Extensions.Configuration;
using Platform.Settings;

namespace Platform.Modules;

/// <summary>
/// Where a module of other processes is reached, as <c>Modules:{Name}:Address</c> says: one address, or a list of them
/// (<c>…:Address:0</c>, <c>…:Address:1</c>), one for each replica.
/// </summary>
internal static class ModuleAddresses
{
    /// <summary>Reads them in the order in which they stand there; none when nothing does.</summary>
    /// <exception cref="SettingRefusedException">One is no address, or is there twice.</exception>
    public static IReadOnlyList<Uri> Read(IConfiguration configuration, string module)
    {
        var key = $"Modules:{module}:Address";
        var listed = configuration.GetSection(key).GetChildren().ToList();
        if (configuration[key] is { } one && !string.IsNullOrWhiteSpace(one))
        {
            return listed.Count == 0
                ? [Parse(key, one)]
                : throw new SettingRefusedException(
                    key,
                    $"it is both one address and a list; write '{key}:0' for '{one}' too."
                );
        }
        var addresses = new List<Uri>();
        foreach (var item in listed)
        {
            var address = Parse(item.Path, item.Value);
            if (addresses.Contains(address))
                throw new SettingRefusedException(item.Path, $"'{address}' is in the list already.");
            addresses.Add(address);
        }
        return addresses;
    }

    private static Uri Parse(string key, string? text) =>
        Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new SettingRefusedException(
                key,
                $"'{text}' is not an absolute http or https address; several are a list, such as 'Address:0'."
            );
}
