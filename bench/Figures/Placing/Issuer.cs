using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Figures.Placing;

/// <summary>An OpenID Connect issuer that a host trusts by <c>Auth:Authority</c>, so that there are many customers.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string Audience = "bench";

    private const string KeyId = "bench";
    private static readonly string[] Algorithms = ["ES256"];

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication _app;

    private Issuer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/");

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var issuer = new Issuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", issuer.Discovery);
        issuer._app.MapGet("/keys", issuer.Keys);
        await issuer._app.StartAsync();
        return issuer;
    }

    public string Issue(Guid user, string role, Guid? storeId = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Address.AbsoluteUri,
            ["aud"] = Audience,
            ["sub"] = user,
            ["role"] = role,
            ["iat"] = now,
            ["exp"] = now + (long)TimeSpan.FromDays(1).TotalSeconds,
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
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
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
                ["id_token_signing_alg_values_supported"] = Algorithms,
            }
        );

    private IResult Keys()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return Results.Json(
            new
            {
                keys = new[]
                {
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["kty"] = "EC",
                        ["crv"] = "P-256",
                        ["use"] = "sig",
                        ["alg"] = "ES256",
                        ["kid"] = KeyId,
                        ["x"] = Base64Url.EncodeToString(point.X),
                        ["y"] = Base64Url.EncodeToString(point.Y),
                    },
                },
            }
        );
    }

    private static string Part(Dictionary<string, object> members) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(members));
}
