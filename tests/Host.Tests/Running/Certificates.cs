using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Host.Tests.Running;

internal static class Certificates
{
    /// <summary>Writes a self-signed certificate with its key, a new one or <paramref name="keyPem"/>.</summary>
    public static string Write(string path, string? keyPem = null, bool expired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (keyPem is not null)
            key.ImportFromPem(keyPem);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest(
            "CN=host-tests",
            key,
            HashAlgorithmName.SHA256
        ).CreateSelfSigned(now.AddDays(-2), expired ? now.AddDays(-1) : now.AddDays(1));
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }
}
