using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Tests.Running;

namespace System.Tests.Kubernetes;

/// <summary>
/// HAProxy in the place of the ingress controller: it ends TLS and forwards to the web app, and tells it for whom. Its
/// certificate is trusted by whoever is given <see cref="Trusted"/>.
/// </summary>
internal sealed class TlsFront : IDisposable
{
    private static readonly string? Program = ((string[])["/usr/sbin", "/usr/bin", "/usr/local/sbin"])
        .Select(folder => Path.Combine(folder, "haproxy"))
        .FirstOrDefault(File.Exists);

    private readonly string _folder = Directory.CreateTempSubdirectory("monolith-front-").FullName;
    private readonly Process _process;

    private TlsFront(int web)
    {
        var port = SpreadDeployment.FreePort();
        Address = new Uri($"https://127.0.0.1:{port}/");
        Trusted = Path.Combine(_folder, "trusted.pem");
        var both = Path.Combine(_folder, "front.pem");
        WriteCertificate(both);
        var configuration = Path.Combine(_folder, "haproxy.cfg");
        File.WriteAllText(
            configuration,
            $"""
            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout server 60s
            frontend all
              bind 127.0.0.1:{port} ssl crt {both}
              option forwardfor
              http-request set-header X-Forwarded-Proto https
              http-request set-header X-Forwarded-Host %[req.hdr(host)]
              default_backend web
            backend web
              server web 127.0.0.1:{web}

            """
        );
        _process = Process.Start(
            new ProcessStartInfo(Program!, ["-f", configuration])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public Uri Address { get; }

    /// <summary>The file with the certificate, without its key.</summary>
    public string Trusted { get; }

    /// <summary>Starts it in front of the web app's port, or skips the test on a machine without HAProxy, but not in CI.</summary>
    public static TlsFront Of(int web)
    {
        Assert.SkipUnless(
            Program is not null || Environment.GetEnvironmentVariable("CI") == "true",
            "HAProxy is missing: install Debian's 'haproxy'."
        );
        return new TlsFront(web);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void WriteCertificate(string both)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=front of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = Signing.SelfSigned(request);
        File.WriteAllText(Trusted, certificate.ExportCertificatePem());
        File.WriteAllText(both, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }
}
