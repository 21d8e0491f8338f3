using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using Microsoft.Net.Http.Headers;
using Platform.Pages;

namespace Host.Pages;

/// <summary>
/// The shell's style sheets, script and icon. They are in the assembly, so that the same files are there however
/// the host is started, and are read and compressed when somebody first asks. A path names the build, so browsers
/// keep what they have.
/// </summary>
internal static class ShellAssets
{
    private const string Folder = "assets/";

    private static readonly Assembly Assembly = typeof(ShellAssets).Assembly;
    private static readonly string Build = Assembly.ManifestModule.ModuleVersionId.ToString("N")[..12];

    /// <summary>By the names that there are: what somebody makes up is not kept.</summary>
    private static readonly FrozenDictionary<string, Lazy<Asset>> All = Assembly
        .GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(
            resource => resource[Folder.Length..],
            resource => new Lazy<Asset>(() => Load(resource)),
            StringComparer.Ordinal
        );

    /// <summary>Where a page finds an asset.</summary>
    public static string Path(string name) => $"/assets/{Build}/{name}";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPage("/assets/{build}/{name}", Send).AllowAnonymous().ExcludeFromDescription();

    private static IResult Send(string name, string build, HttpContext http)
    {
        if (!All.TryGetValue(name, out var known))
            return Results.NotFound();
        var asset = known.Value;
        var headers = http.Response.Headers;
        headers.CacheControl = build == Build ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
            return Results.Bytes(asset.Plain, asset.Type);
        headers.ContentEncoding = "gzip";
        return Results.Bytes(asset.Zipped, asset.Type);
    }

    private static Asset Load(string resource)
    {
        using var file = new MemoryStream();
        using (var stream = Assembly.GetManifestResourceStream(resource)!)
            stream.CopyTo(file);
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal))
            zip.Write(file.GetBuffer(), 0, (int)file.Length);
        return new Asset(file.ToArray(), zipped.ToArray(), TypeOf(resource));
    }

    private static string TypeOf(string name) =>
        System.IO.Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };

    private sealed record Asset(byte[] Plain, byte[] Zipped, string Type);
}
