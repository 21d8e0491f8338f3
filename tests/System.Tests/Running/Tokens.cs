using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace System.Tests.Running;

/// <summary>
/// Signs tokens with the key that the host made in its data folder, so that a test can have as many customers,
/// stores and riders to itself as it wants; and with another key, or too late, to be refused.
/// </summary>
internal sealed class Tokens(string folder, string issuer = Tokens.Development)
{
    /// <summary>How the built-in issuer names itself where nobody has named it.</summary>
    public const string Development = "http://localhost:5080/";

    public string Customer(Guid id) => For("customer", id);

    public string Keeper(Guid storeId) => For("store", NewId(), storeId);

    public string Rider(Guid id) => For("rider", id);

    public string Operator() => For("operator", NewId());

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>A token of <paramref name="role"/>; good, unless one of the flags spoils it.</summary>
    public string For(
        string role,
        Guid user,
        Guid? storeId = null,
        bool expired = false,
        bool forged = false,
        string audience = "monolith-api"
    )
    {
        var issued = TimeProvider.System.GetUtcNow().AddHours(expired ? -3 : 0).ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = issuer,
            ["aud"] = audience,
            ["sub"] = user,
            ["role"] = role,
            ["iat"] = issued,
            ["exp"] = issued + 7200,
        };
        if (storeId is { } store)
            claims["store_id"] = store;
        var signed = $"{Part(Header("ES256"))}.{Part(claims)}";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!forged)
            key.ImportFromPem(File.ReadAllText(Path.Combine(folder, "development-signing-key.pem")));
        var signature = key.SignData(Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>A token that says it needs no signature.</summary>
    public static string Unsigned(string goodToken) => $"{Part(Header("none"))}.{goodToken.Split('.')[1]}.";

    private static Dictionary<string, object> Header(string algorithm) =>
        new(StringComparer.Ordinal) { ["alg"] = algorithm, ["typ"] = "at+jwt" };

    private static string Part(Dictionary<string, object> members) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(members));
}
