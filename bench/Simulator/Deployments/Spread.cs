using System.Net;
using System.Net.Sockets;

namespace Simulator.Deployments;

/// <summary>Modules that run in processes of their own, and the broker between them and everybody else.</summary>
/// <param name="Modules">The modules elsewhere.</param>
/// <param name="Broker">The connection string of a RabbitMQ.</param>
internal sealed record Spread(IReadOnlyList<string> Modules, string Broker)
{
    private readonly string _prefix = $"simulator-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private readonly IReadOnlyDictionary<string, int> _ports = Modules.ToDictionary(
        module => module,
        _ => FreePort(),
        StringComparer.Ordinal
    );

    /// <summary>
    /// Whether the modules begin in the processes that people know, beside processes of their own that they can move to.
    /// </summary>
    public bool BeginsTogether { get; init; }

    /// <summary>Connection strings of PostgreSQL databases that processes of modules have of their own.</summary>
    public IReadOnlyDictionary<string, string> Databases { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What every process is told besides.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>What is run.</summary>
    public HostBuild Host { get; init; } = HostBuild.Chosen;

    /// <summary>Reads names such as <c>Riders,Reviews</c>.</summary>
    /// <exception cref="ArgumentException">There is no such module.</exception>
    public static IReadOnlyList<string> ModulesOf(string names) => ModulesOf(names, HostBuild.Chosen);

    /// <inheritdoc cref="ModulesOf(string)"/>
    public static IReadOnlyList<string> ModulesOf(string names, HostBuild host) =>
        [
            .. names
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(name =>
                    host.Modules.FirstOrDefault(known =>
                        known.Equals(name, StringComparison.OrdinalIgnoreCase)
                    )
                    ?? throw new ArgumentException(
                        $"There is no module '{name}'; there are {string.Join(", ", host.Modules)}.",
                        nameof(names)
                    )
                )
                .Distinct(StringComparer.Ordinal),
        ];

    public bool IsLocal(string module) => !Modules.Contains(module, StringComparer.Ordinal);

    /// <summary>A module's process keeps its port, since the others know it by that.</summary>
    public int PortOf(string module) => _ports[module];

    /// <summary>What a module's process is called: <c>Deployment:Name</c>.</summary>
    public static string NameOf(string module) => $"{module.ToLowerInvariant()}-1";

    /// <summary>What the processes that people know are called.</summary>
    public const string HomeOfAll = "web";

    /// <summary>Where a module's process listens.</summary>
    public Uri AddressOf(string module) => new($"http://127.0.0.1:{PortOf(module)}");

    /// <summary>What the processes that people know are told.</summary>
    public IEnumerable<string> FrontArguments =>
        [
            .. BrokerArguments,
            .. Settings,
            .. (BeginsTogether ? [] : Modules).SelectMany(module =>
                (string[])
                    [
                        $"--Modules:{module}:Placement=Remote",
                        $"--Modules:{module}:Address=http://127.0.0.1:{PortOf(module)}",
                    ]
            ),
        ];

    /// <summary>What the process of one module is told.</summary>
    public IEnumerable<string> ArgumentsOf(string module) =>
        [
            .. BrokerArguments,
            .. Settings,
            .. (BeginsTogether ? [$"--Deployment:Name={NameOf(module)}"] : Array.Empty<string>()),
            "--Edge:KnownProxies:0=127.0.0.1",
            .. DatabaseArgumentsOf(module),
            .. Host
                .Modules.Where(other => other != module)
                .Select(other => $"--Modules:{other}:Placement=Remote"),
        ];

    private IEnumerable<string> DatabaseArgumentsOf(string module) =>
        Databases.TryGetValue(module, out var own)
            ?
            [
                $"--Modules:{module}:Home={HomeOfAll}",
                $"--Modules:{module}:Database:Engine=PostgreSql",
                $"--Modules:{module}:Database:ConnectionString={own}",
            ]
            : [];

    private IEnumerable<string> BrokerArguments =>
        ["--Broker:Kind=RabbitMq", $"--Broker:ConnectionString={Broker}", $"--Broker:Prefix={_prefix}"];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
