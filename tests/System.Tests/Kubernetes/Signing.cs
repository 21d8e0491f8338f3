using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace System.Tests.Kubernetes;

/// <summary>The certificate that the built-in issuer signs with outside Development, as its Secret holds it.</summary>
internal static class Signing
{
    /// <summary>Writes it into a folder, and its key beside it where the test's own tokens are signed from.</summary>
    /// <returns>The file.</returns>
    public static string CertificateIn(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = SelfSigned(
            new CertificateRequest("CN=monolith signing", key, HashAlgorithmName.SHA256)
        );
        var secret = key.ExportPkcs8PrivateKeyPem();
        File.WriteAllText(Path.Combine(folder, "development-signing-key.pem"), secret);
        var file = Path.Combine(folder, "signing.pem");
        File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{secret}\n");
        return file;
    }

    public static X509Certificate2 SelfSigned(CertificateRequest request)
    {
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
