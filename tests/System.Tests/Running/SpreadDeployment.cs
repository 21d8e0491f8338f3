using System.Net;
using System.Net.Sockets;

namespace System.Tests.Running;

/// <summary>
/// The platform with some of its modules in processes of their own, each with a database of its own: one address in
/// front, a broker in between.
/// </summary>
internal sealed class SpreadDeployment : IAsyncDisposable
{
    private readonly string _host;
    private readonly string? _lifted;
    private readonly string[] _modules;
    private readonly string _broker;
    private readonly string _prefix = $"system-{Tokens.NewId():N}";
    private readonly int _port = FreePort();
    private readonly Dictionary<string, (TemporaryFolder Folder, int Port)> _places;
    private readonly Dictionary<string, HostProcess> _far = new(StringComparer.Ordinal);
    private readonly TemporaryFolder _folder = new(TestEngine.Sqlite);

    private readonly IReadOnlyList<string> _further;

    private SpreadDeployment(
        string broker,
        string remote,
        Func<string, TestEngine> engineOf,
        IReadOnlyList<string> further,
        string? fourth = null,
        string? lifted = null
    )
    {
        (_broker, _further, _lifted) = (broker, further, lifted);
        _host = fourth is null ? Repository.HostAssembly : Repository.FourModulesAssembly;
        _modules = ["Orders", "Riders", "Reviews", .. fourth is null ? (string[])[] : [fourth]];
        _places = remote
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToDictionary(
                module => module,
                module => (new TemporaryFolder(engineOf(module)), FreePort()),
                StringComparer.Ordinal
            );
    }

    /// <summary>The process that clients know.</summary>
    public HostProcess Front { get; private set; } = null!;

    /// <summary>Starts it with these modules elsewhere, separated by commas; none for all of them in one process.</summary>
    public static Task<SpreadDeployment> StartAsync(
        string broker,
        string remote,
        params IReadOnlyList<string> further
    ) => StartAsync(new SpreadDeployment(broker, remote, EngineOf, further));

    /// <summary>The same over the broker that tests share, of a build that has one module more.</summary>
    public static async Task<SpreadDeployment> WithFourthAsync(string fourth, string remote) =>
        await StartAsync(
            new SpreadDeployment(
                remote == Placement.AllLocal ? "" : await RabbitMq.ConnectionStringAsync(),
                remote,
                _ => TestEngine.Sqlite,
                [],
                fourth
            )
        );

    /// <summary>The same with one module elsewhere, whose process is of a build that has no other.</summary>
    /// <param name="module">The module.</param>
    /// <param name="host">The assembly of its own host.</param>
    public static async Task<SpreadDeployment> WithLiftedAsync(string module, string host) =>
        await StartAsync(
            new SpreadDeployment(
                await RabbitMq.ConnectionStringAsync(),
                module,
                _ => TestEngine.Sqlite,
                [],
                lifted: host
            )
        );

    /// <summary>The same over the broker that tests share, each module with a file that a test can tamper with.</summary>
    public static async Task<SpreadDeployment> OnFilesAsync(
        string remote,
        params IReadOnlyList<string> further
    ) =>
        await StartAsync(
            new SpreadDeployment(
                remote == Placement.AllLocal ? "" : await RabbitMq.ConnectionStringAsync(),
                remote,
                _ => TestEngine.Sqlite,
                further
            )
        );

    private static async Task<SpreadDeployment> StartAsync(SpreadDeployment deployment)
    {
        try
        {
            await Task.WhenAll(
                deployment
                    ._places.Keys.Select(module => deployment.StartAsync(module))
                    .Append(deployment.StartFrontAsync())
            );
            await deployment.IsReadyAsync();
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    public async Task StartFrontAsync() =>
        Front = await HostProcess.StartOtherAsync(
            _host,
            _folder.Path,
            [
                $"--urls=http://127.0.0.1:{_port}",
                .. Patient,
                .. Broker,
                .. _further,
                .. _places.Keys.SelectMany(Remote),
            ]
        );

    /// <summary>Where a module keeps what it knows.</summary>
    public async Task<Database> DatabaseAsync(string module)
    {
        var schema = module.ToLowerInvariant();
        return !_places.TryGetValue(module, out var place) ? new Database(_folder.Path, schema)
            : await place.Folder.DatabaseAsync() is { } server ? Database.OnPostgreSql(server, schema)
            : new Database(place.Folder.Path, schema);
    }

    /// <summary>All processes.</summary>
    public IEnumerable<HostProcess> Processes => [Front, .. _far.Values];

    /// <summary>The process that a module runs in.</summary>
    public HostProcess ProcessOf(string module) => _far.GetValueOrDefault(module) ?? Front;

    /// <summary>Starts the process that a module runs in, again if it had one.</summary>
    /// <param name="module">The module.</param>
    /// <param name="build">Another build of the host than the product's; null for that.</param>
    public async Task StartAsync(string module, string? build = null)
    {
        if (!_places.TryGetValue(module, out var place))
        {
            await StartFrontAsync();
            return;
        }
        var (folder, port) = place;
        var process = await HostProcess.StartOtherAsync(
            build ?? _lifted ?? _host,
            folder.Path,
            [
                .. (await folder.SettingsAsync()).Select(setting => $"--{setting.Key}={setting.Value}"),
                $"--urls=http://127.0.0.1:{port}",
                $"--Auth:Authority=http://127.0.0.1:{_port}",
                "--Auth:Audience=monolith-api",
                "--Edge:KnownProxies:0=127.0.0.1",
                .. Broker,
                .. _further,
                .. _modules
                    .Where(other => other != module && _lifted is null)
                    .Select(other => $"--Modules:{other}:Placement=Remote"),
            ]
        );
        lock (_far)
            _far[module] = process;
    }

    /// <summary>Ends the process that a module runs in as a power cut would.</summary>
    public async Task KillAsync(string module) => await ProcessOf(module).DisposeAsync();

    public async Task IsReadyAsync()
    {
        await Front.IsReadyAsync();
        foreach (var process in _far.Values)
            await process.IsReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Front is not null)
            await Front.DisposeAsync();
        foreach (var process in _far.Values)
            await process.DisposeAsync();
        foreach (var (folder, _) in _places.Values)
            folder.Dispose();
        _folder.Dispose();
    }

    /// <summary>As a team would choose for its own process: here most are on a server, and one keeps its file.</summary>
    private static TestEngine EngineOf(string module) =>
        module == "Riders" ? TestEngine.Sqlite : TestEngine.PostgreSql;

    /// <summary>On a busy machine the first answer of a process that has just started takes its time.</summary>
    private static IEnumerable<string> Patient => ["--Gateway:AnswerWithin=00:01:00"];

    private IEnumerable<string> Broker =>
        _places.Count == 0
            ? []
            :
            [
                "--Broker:Kind=RabbitMq",
                $"--Broker:ConnectionString={_broker}",
                $"--Broker:Prefix={_prefix}",
                "--Broker:ReportInterval=00:00:00.500",
            ];

    private IEnumerable<string> Remote(string module) =>
        [
            $"--Modules:{module}:Placement=Remote",
            $"--Modules:{module}:Address=http://127.0.0.1:{_places[module].Port}",
        ];

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
