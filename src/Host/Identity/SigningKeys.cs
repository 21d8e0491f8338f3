using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Host.Settings;
using Microsoft.IdentityModel.Tokens;
using Platform.Settings;

namespace Host.Identity;

/// <summary>
/// The keys of the built-in issuer. Access tokens are signed with the asymmetric one, whose public half is
/// published; refresh tokens, which only this issuer reads, are encrypted with a key derived from it, so that
/// replicas that share a certificate share both.
/// </summary>
internal sealed class SigningKeys
{
    /// <summary>The file in the data folder that holds the key of Development.</summary>
    public const string DevelopmentFile = "development-signing-key.pem";

    private const string CertificateKey = "Auth:SigningCertificatePath";
    private const string AspNetDevelopmentCertificate = "1.3.6.1.4.1.311.84.1.1";

    private SigningKeys(AsymmetricSecurityKey signing, AsymmetricAlgorithm secret)
    {
        // A stable id per key lets verifiers keep what they fetched until they meet a key they do not know.
        signing.KeyId = Base64UrlEncoder.Encode(SHA256.HashData(secret.ExportSubjectPublicKeyInfo())[..16]);
        Signing = new SigningCredentials(
            signing,
            signing is RsaSecurityKey ? SecurityAlgorithms.RsaSha256 : SecurityAlgorithms.EcdsaSha256
        );
        Encryption = new SymmetricSecurityKey(
            HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                secret.ExportPkcs8PrivateKey(),
                outputLength: 32,
                info: "monolith refresh tokens"u8.ToArray()
            )
        );
    }

    public SigningCredentials Signing { get; }

    public SymmetricSecurityKey Encryption { get; }

    /// <summary>The configured certificate's keys or, in Development only, those of the data folder.</summary>
    /// <exception cref="SettingRefusedException">There is no certificate, or not one to sign with.</exception>
    public static SigningKeys Load(AuthSettings auth, string directory, TimeProvider clock) =>
        auth.SigningCertificatePath is { } path
            ? FromCertificate(path, auth.SigningCertificatePassword, directory, clock)
            : ForDevelopment(Path.Combine(directory, DevelopmentFile));

    /// <summary>Made at first start and kept, so that tokens outlive a restart.</summary>
    private static SigningKeys ForDevelopment(string file)
    {
        if (!File.Exists(file))
        {
            using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var draft = $"{file}.{Environment.ProcessId}";
            var access = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var writer = new StreamWriter(draft, access))
                writer.Write(fresh.ExportPkcs8PrivateKeyPem());
            MoveUnlessThere(draft, file);
        }

        try
        {
            var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return new SigningKeys(new ECDsaSecurityKey(key), key);
        }
        catch (Exception exception)
            when (exception
                    is ArgumentException
                        or CryptographicException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            throw new SettingRefusedException(
                "Database:Directory",
                $"the development key '{file}' cannot be read; delete it and the next start makes another."
            );
        }
    }

    /// <summary>Two first starts at once agree on one key: the first one's.</summary>
    private static void MoveUnlessThere(string draft, string file)
    {
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }

    private static SigningKeys FromCertificate(
        string path,
        string? password,
        string directory,
        TimeProvider clock
    )
    {
        using var certificate = LoadCertificate(path, password);
        if (clock.GetUtcNow() > new DateTimeOffset(certificate.NotAfter))
            throw Refuse($"the certificate '{path}' has expired.");
        if (
            certificate.Extensions.Any(extension => extension.Oid?.Value == AspNetDevelopmentCertificate)
            || IsDevelopmentKey(certificate, Path.Combine(directory, DevelopmentFile))
        )
        {
            throw Refuse($"the certificate '{path}' holds a development key.");
        }

        if (certificate.GetECDsaPrivateKey() is { KeySize: 256 } curve)
            return new SigningKeys(new ECDsaSecurityKey(curve), curve);
        if (certificate.GetRSAPrivateKey() is { KeySize: >= 2048 } rsa)
            return new SigningKeys(new RsaSecurityKey(rsa), rsa);
        throw Refuse($"the certificate '{path}' needs a private key, P-256 or RSA of at least 2048 bits.");
    }

    private static X509Certificate2 LoadCertificate(string path, string? password)
    {
        try
        {
            return X509Certificate2.GetCertContentType(path) is X509ContentType.Pfx
                    ? X509CertificateLoader.LoadPkcs12FromFile(
                        path,
                        password,
                        X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet
                    )
                : password is null ? X509Certificate2.CreateFromPemFile(path)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password);
        }
        catch (Exception exception)
            when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Refuse(
                $"the certificate '{path}' cannot be read as PKCS #12 or PEM with Auth:SigningCertificatePassword."
            );
        }
    }

    private static bool IsDevelopmentKey(X509Certificate2 certificate, string developmentFile)
    {
        if (!File.Exists(developmentFile))
            return false;
        using var development = ECDsa.Create();
        try
        {
            development.ImportFromPem(File.ReadAllText(developmentFile));
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }

        return certificate
            .PublicKey.ExportSubjectPublicKeyInfo()
            .AsSpan()
            .SequenceEqual(development.ExportSubjectPublicKeyInfo());
    }

    private static SettingRefusedException Refuse(string sentence) => new(CertificateKey, sentence);
}
