using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Simulator.Identity;

/// <summary>
/// An OpenID Connect issuer for people who do not exist; the simulator's and the benchmarks'. A deployment trusts it by <c>Auth:Authority</c>, as it
/// would trust any other, so there are as many customers as wanted and no way in that production lacks.
/// </summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    /// <summary>The audience of its tokens: the deployment's <c>Auth:Audience</c>.</summary>
    public const string Audience = "simulator";

    private const string KeyId = "simulator";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    private readonly ECDsa _key;
    private readonly TimeProvider _clock;
    private readonly WebApplication _app;
    private readonly Lock _signing = new();

    private TokenIssuer(ECDsa key, TimeProvider clock, WebApplication app) =>
        (_key, _clock, _app) = (key, clock, app);

    /// <summary>Where the deployment finds it: its <c>Auth:Authority</c>.</summary>
    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>Serves discovery and keys on a loopback port.</summary>
    /// <param name="keyFile">
    /// The signing key; made if there is none, so that a deployment that knows it can be driven again. Null keeps it
    /// in memory.
    /// </param>
    /// <param name="port">0 takes a free one.</param>
    /// <param name="clock">Dates the tokens.</param>
    public static async Task<TokenIssuer> StartAsync(string? keyFile, int port, TimeProvider clock)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(keyFile))
            key.ImportFromPem(await File.ReadAllTextAsync(keyFile));
        else if (keyFile is not null)
            await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var issuer = new TokenIssuer(key, clock, builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", issuer.Discovery);
        issuer._app.MapGet("/keys", issuer.Keys);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>A token that is good for a whole simulation.</summary>
    public string Issue(Guid user, string role, Guid? storeId = null)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Address.AbsoluteUri,
            ["aud"] = Audience,
            ["sub"] = user,
            ["role"] = role,
            ["iat"] = now,
            ["exp"] = now + (long)Lifetime.TotalSeconds,
        };
        if (storeId is { } store)
            claims["store_id"] = store;
        var header = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["alg"] = "ES256",
            ["kid"] = KeyId,
            ["typ"] = "at+jwt",
        };
        var signed = $"{Part(header)}.{Part(claims)}";
        lock (_signing)
            return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private IResult Discovery() =>
        Results.Json(
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["issuer"] = Address.AbsoluteUri,
                ["jwks_uri"] = new Uri(Address, "keys").AbsoluteUri,
                ["response_types_supported"] = Only("none"),
                ["subject_types_supported"] = Only("public"),
                ["id_token_signing_alg_values_supported"] = Only("ES256"),
            }
        );

    private IResult Keys()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["alg"] = "ES256",
            ["kid"] = KeyId,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
        return Results.Json(new { keys = new[] { key } });
    }

    private static string[] Only(string value) => [value];

    private static string Part(Dictionary<string, object> members) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(members));
}
