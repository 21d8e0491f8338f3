using Platform.Settings;

namespace Host.Settings;

/// <summary>
/// A program of our own that people sign in to with the built-in issuer: a native app, or a web app of another origin.
/// It can keep no secret, so it has none: PKCE ties a code to who asked for it.
/// </summary>
/// <param name="Id">What it calls itself.</param>
/// <param name="RedirectUris">Where it may have people sent back to, exactly.</param>
internal sealed record ClientSettings(string Id, IReadOnlyList<Uri> RedirectUris)
{
    private const string Section = "Auth:Clients";

    /// <summary>The origins of those redirect addresses that are web pages.</summary>
    public IEnumerable<string> Origins =>
        RedirectUris.Where(IsWeb).Select(uri => uri.GetLeftPart(UriPartial.Authority));

    /// <summary>Where a form may lead a browser on its way back to the client, as a content policy writes it.</summary>
    public IEnumerable<string> Sources =>
        RedirectUris
            .Select(uri => IsWeb(uri) ? uri.GetLeftPart(UriPartial.Authority) : $"{uri.Scheme}:")
            .Distinct();

    public static IReadOnlyList<ClientSettings> ReadAll(SettingsReader reader, bool development) =>
        [.. reader.Names(Section).Select(id => Read(reader, id, development))];

    private static ClientSettings Read(SettingsReader reader, string id, bool development)
    {
        var section = $"{Section}:{id}";
        reader.RefuseOthers(section, nameof(RedirectUris));
        var key = $"{section}:{nameof(RedirectUris)}";
        var uris = reader.Texts(key).Select(text => ReadUri(key, text, development)).ToList();
        return uris.Count > 0
            ? new ClientSettings(id, uris)
            : throw new SettingRefusedException(
                key,
                "name at least one address that people are sent back to."
            );
    }

    /// <summary>RFC 8252: https, an address of the person's own machine, or a scheme that a domain's owner has named.</summary>
    private static Uri ReadUri(string key, string text, bool development)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0)
            throw new SettingRefusedException(
                key,
                $"'{text}' is not an absolute address without a fragment."
            );
        return
            uri.Scheme == Uri.UriSchemeHttps
            || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || development))
            || uri.Scheme.Contains('.', StringComparison.Ordinal)
            ? uri
            : throw new SettingRefusedException(
                key,
                $"'{text}' must be https, http on the own machine, or of a scheme such as com.example.app."
            );
    }

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
}
