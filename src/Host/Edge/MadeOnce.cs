using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Host.Edge;

/// <summary>
/// An answer that is the same for everybody and costs something to make: made when somebody first asks, and kept as
/// it goes over the wire. What could not be made is not kept, so the next who asks has it made anew.
/// </summary>
/// <param name="make">Makes it, for a request of nobody's.</param>
/// <param name="policyOf">The content policy of what was made; the edge's own where there is none.</param>
internal sealed class MadeOnce(RequestDelegate make, Func<byte[], string>? policyOf = null)
{
    private readonly Lock _lock = new();
    private Task<Answer?>? _made;

    public async Task AnswerAsync(HttpContext http)
    {
        if (await MakeAsync(http) is not { } made)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }
        var headers = http.Response.Headers;
        if (made.Policy is not null)
            headers.ContentSecurityPolicy = made.Policy;
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        var zip = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
        if (zip)
            headers.ContentEncoding = "gzip";
        await Results
            .Bytes(zip ? made.Zipped : made.Plain, made.Type, entityTag: made.Tag)
            .ExecuteAsync(http);
    }

    /// <summary>Whoever begins it waits for its end, so that what it is made with is there for as long.</summary>
    private Task<Answer?> MakeAsync(HttpContext http)
    {
        lock (_lock)
        {
            if (
                _made
                is null
                    or { IsCompleted: true }
                    and not { IsCompletedSuccessfully: true, Result: not null }
            )
                _made = Task.Run(() => AskAsync(http));
            return _made;
        }
    }

    /// <summary>Asked as by nobody in particular: no header of the first to ask shows in what all are answered.</summary>
    private async Task<Answer?> AskAsync(HttpContext http)
    {
        using var written = new MemoryStream();
        var nobody = new DefaultHttpContext { RequestServices = http.RequestServices };
        nobody.Request.Method = HttpMethods.Get;
        nobody.Request.Scheme = http.Request.Scheme;
        nobody.Request.Host = new HostString("localhost");
        nobody.Request.Path = http.Request.Path;
        nobody.Response.Body = written;
        await make(nobody);
        if (nobody.Response.StatusCode != StatusCodes.Status200OK)
            return null;
        var plain = written.ToArray();
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal))
            zip.Write(plain);
        return new Answer(
            plain,
            zipped.ToArray(),
            nobody.Response.ContentType,
            new EntityTagHeaderValue(
                $"\"{Convert.ToHexString(SHA256.HashData(plain).AsSpan(0, 8))}\"",
                isWeak: true
            ),
            policyOf?.Invoke(plain)
        );
    }

    private sealed record Answer(
        byte[] Plain,
        byte[] Zipped,
        string? Type,
        EntityTagHeaderValue Tag,
        string? Policy
    );
}
