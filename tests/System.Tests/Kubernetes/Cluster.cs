using System.Diagnostics;
using System.Tests.Running;
using k8s.Models;
using Npgsql;

namespace System.Tests.Kubernetes;

/// <summary>
/// What an overlay runs, as processes of this machine: each with exactly the environment that stands there, but for
/// addresses, passwords and files that are the cluster's, which are replaced one by one.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>What is filled in, and what stands in its place here.</summary>
    private readonly Dictionary<string, (string Stands, string Here)> _filledIn;

    private readonly TemporaryFolder _folder = new(TestEngine.PostgreSql);
    private readonly List<IDisposable> _started = [];
    private readonly string _broker;
    private readonly string _prefix = $"cluster-{Tokens.NewId():N}";
    private readonly string _database;
    private readonly string _issuer;
    private readonly string _emptyFolder;

    private Cluster(Overlay overlay, string database, string broker)
    {
        (Overlay, _database, _broker) = (overlay, database, broker);
        _issuer = overlay.EnvironmentOf(overlay.Container("Deployment web", "web"))["Auth__Issuer"];
        _emptyFolder = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName;
        _filledIn = new(StringComparer.Ordinal)
        {
            ["Edge__KnownProxies__0"] = ("10.244.0.0/16", "127.0.0.1"),
            ["Metrics__Key"] = ("change-me-to-twenty-characters-or-more", "a-key-that-only-this-test-has"),
            ["Auth__SigningCertificatePath"] = (
                "/etc/monolith/signing.pem",
                Signing.CertificateIn(_folder.Path)
            ),
            ["Modules__Reviews__Address"] = ("http://reviews:8080", At("reviews")),
        };
    }

    public Overlay Overlay { get; }

    public HostProcess Web { get; private set; } = null!;

    private Dictionary<string, int> Ports { get; } =
        new(StringComparer.Ordinal)
        {
            ["web"] = SpreadDeployment.FreePort(),
            ["reviews"] = SpreadDeployment.FreePort(),
        };

    public static async Task<Cluster> OfAsync(string overlay, string broker = "")
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        var database = await TestDatabases.CreateAsync(TestEngine.PostgreSql);
        await Logins.CreateAsync(database!);
        return new Cluster(Overlay.Read(overlay), database!, broker);
    }

    /// <summary>Runs a Job to its end, which must be a good one, and says what it told.</summary>
    public async Task RunAsync(string job)
    {
        var container = Overlay
            .Pods.Single(pod => pod.Owner == $"Job {job}")
            .Pod.Spec.Containers.ShouldHaveSingleItem();
        await Begin(container).EndsWellAsync();
    }

    /// <summary>Begins what a pod of a Deployment waits for before its own container is started.</summary>
    public Ending BeginToWait(string deployment) =>
        Begin(
            Overlay
                .Pods.Single(pod => pod.Owner == $"Deployment {deployment}")
                .Pod.Spec.InitContainers.ShouldHaveSingleItem()
        );

    /// <summary>Starts the web app.</summary>
    public async Task StartWebAsync() => Web = await StartAsync("web");

    /// <summary>Puts an ingress in front of the web app, by which others reach the issuer.</summary>
    public TlsFront PutInFront()
    {
        var front = TlsFront.Of(Ports["web"]);
        _started.Add(front);
        _filledIn["Auth__Authority"] = (_issuer, front.Address.AbsoluteUri);
        // Who signs the certificates of the public address is known to every image.
        _trusted = front.Trusted;
        return front;
    }

    public async Task<HostProcess> StartAsync(string deployment)
    {
        var container = Overlay.Container($"Deployment {deployment}", deployment);
        container.Args.ShouldBeNull("it serves");
        var environment = EnvironmentOf(container);
        environment.ShouldContainKeyAndValue(
            "ASPNETCORE_URLS",
            $"http://+:{container.Ports.Single().ContainerPort}"
        );
        environment["ASPNETCORE_URLS"] = At(deployment);
        environment["HOME"] = _emptyFolder;
        var host = await HostProcess.StartAsync(_folder.Path, environment, _issuer);
        foreach (var probe in References.Probes(container))
            await Eventually.HoldsAsync(
                async () => (await host.Api.GetAsync(probe.HttpGet.Path)).Status is >= 200 and < 400,
                $"{deployment} answers {probe.HttpGet.Path} as the probe wants it"
            );
        return host;
    }

    /// <summary>What processes have written that a root file system which is read-only would have refused.</summary>
    public IEnumerable<string> Written() =>
        Directory
            .EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .Except([
                _emptyFolder,
                Path.Combine(_folder.Path, "signing.pem"),
                Path.Combine(_folder.Path, "development-signing-key.pem"),
            ])
            .Concat(Directory.Exists(DataBesideProgram) ? [DataBesideProgram] : []);

    public async ValueTask DisposeAsync()
    {
        if (Web is not null)
            await Web.DisposeAsync();
        foreach (var started in _started)
            started.Dispose();
        _folder.Dispose();
    }

    private static string DataBesideProgram =>
        Path.Combine(Path.GetDirectoryName(Repository.HostAssembly)!, "data");

    private string? _trusted;

    private Ending Begin(V1Container container)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.HostAssembly, .. container.Args])
        {
            WorkingDirectory = _folder.Path,
            Environment = { ["HOME"] = _emptyFolder },
        };
        foreach (var (name, value) in EnvironmentOf(container))
            start.Environment[name] = value;
        var ending = new Ending(start);
        _started.Add(ending);
        return ending;
    }

    private Dictionary<string, string> EnvironmentOf(V1Container container)
    {
        var environment = Overlay.EnvironmentOf(container);
        foreach (var (name, value) in environment.ToList())
        {
            if (name.EndsWith("Database__ConnectionString", StringComparison.Ordinal))
                environment[name] = Here(value);
            else if (name == "Broker__ConnectionString")
            {
                environment[name] = Replaced(
                    name,
                    value,
                    "amqp://monolith:change-me@rabbitmq:5672",
                    _broker.Length > 0 ? _broker : value
                );
                // A cluster's broker is its own; here other deployments use it too.
                environment["Broker__Prefix"] = _prefix;
            }
            else if (_filledIn.TryGetValue(name, out var filledIn))
                environment[name] = Replaced(name, value, filledIn.Stands, filledIn.Here);
        }
        if (_trusted is not null)
            environment["SSL_CERT_FILE"] = _trusted;
        return environment;
    }

    /// <summary>The same login, and what else it says, at the test's own server.</summary>
    private string Here(string connectionString)
    {
        var stands = new NpgsqlConnectionStringBuilder(connectionString);
        (stands.Host, stands.Database, stands.Password).ShouldBe(("db", "monolith", "change-me"));
        var here = new NpgsqlConnectionStringBuilder(Logins.As(_database, stands.Username!));
        (stands.Host, stands.Port, stands.Database, stands.Password) = (
            here.Host,
            here.Port,
            here.Database,
            here.Password
        );
        return stands.ConnectionString;
    }

    /// <summary>What stands in the files is what is replaced, or the test would try something else.</summary>
    private static string Replaced(string name, string value, string stands, string here)
    {
        value.ShouldBe(stands, name);
        return here;
    }

    private string At(string deployment) => $"http://127.0.0.1:{Ports[deployment]}";
}
