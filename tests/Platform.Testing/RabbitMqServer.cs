using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Platform.Testing;

/// <summary>
/// A RabbitMQ node of the test's own, on free ports and in a folder of its own, so that suites that run at the same
/// time do not meet. It needs Debian's <c>rabbitmq-server</c>, or <c>MONOLITH_RABBITMQ</c>, the connection string
/// of a broker to use instead; that one cannot be killed.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    public const string Missing =
        "There is no RabbitMQ here: install Debian's rabbitmq-server, or set MONOLITH_RABBITMQ to amqp://user:password@host:port.";

    /// <summary>A node starts in seconds, and in minutes where a dozen processes start at the same time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Control = "/usr/lib/rabbitmq/bin/rabbitmqctl";
    private const string User = "guest";

    private readonly string _folder = Directory.CreateTempSubdirectory("monolith-rabbitmq-").FullName;
    private readonly int _port = FreePort();
    private readonly int _distributionPort = FreePort();
    private readonly int _mapperPort = FreePort();
    private readonly List<string> _output = [];
    private Process? _mapper;
    private Process? _node;

    private RabbitMqServer(string? borrowed) =>
        ConnectionString = borrowed ?? $"amqp://{User}:{Password}@127.0.0.1:{_port}";

    /// <summary>The password in <see cref="ConnectionString"/> of a node of the test's own.</summary>
    public static string Password => User;

    /// <summary>A broker that somebody lent; null when tests start their own.</summary>
    public static string? Borrowed =>
        Environment.GetEnvironmentVariable("MONOLITH_RABBITMQ") is { Length: > 0 } lent ? lent : null;

    public static bool IsThere => Borrowed is not null || CanBeStarted;

    public static bool CanBeStarted => Borrowed is null && File.Exists(Program);

    public string ConnectionString { get; }

    private string NodeName => $"test{_port}@localhost";

    /// <summary>Starts a node, or borrows one.</summary>
    public static async Task<RabbitMqServer> StartAsync()
    {
        var server = new RabbitMqServer(Borrowed);
        try
        {
            if (Borrowed is null)
                await server.StartNodeAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the node as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_node is null)
            return;
        await EndAsync(_node);
        _node = null;
    }

    /// <summary>Starts the node again, with the messages that it had.</summary>
    public Task RestartAsync() => StartNodeAsync();

    /// <summary>Has the node take <paramref name="password"/> from here on; who is connected stays so.</summary>
    public Task ChangePasswordAsync(string password) => ControlAsync("change_password", User, password);

    /// <summary>Has the node raise its alarm about memory, so that it takes nothing that is published.</summary>
    public Task RaiseMemoryAlarmAsync() => ControlAsync("set_vm_memory_high_watermark", "absolute", "1");

    /// <summary>Has the node take again what is published.</summary>
    public Task CeaseMemoryAlarmAsync() => ControlAsync("set_vm_memory_high_watermark", "0.9");

    /// <summary>Has the node close every connection that it has.</summary>
    public Task CloseConnectionsAsync() => ControlAsync("close_all_connections", "closed by the test");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_mapper is not null)
            await EndAsync(_mapper);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ControlAsync(params IEnumerable<string> command)
    {
        using var control = Start(Control, ["--node", NodeName, .. command]);
        await control.WaitForExitAsync();
        if (control.ExitCode != 0)
            throw new InvalidOperationException($"RabbitMQ refuses {command.First()}.\n{Said()}");
    }

    private async Task StartNodeAsync()
    {
        var configuration = Path.Combine(_folder, "rabbitmq.conf");
        await File.WriteAllLinesAsync(
            configuration,
            [$"listeners.tcp.1 = 127.0.0.1:{_port}", "log.console = true", "disk_free_limit.absolute = 1MB"]
        );
        // In the foreground and ours: the one that the node would start by itself would outlive it.
        _mapper ??= Start("epmd", "-port", $"{_mapperPort}", "-address", "127.0.0.1");
        _node = Start(Program);
        try
        {
            await Eventually.HoldsAsync(() => _node.HasExited || Answers(), "RabbitMQ starts", Patience);
        }
        catch (TimeoutException waited)
        {
            throw new InvalidOperationException($"RabbitMQ does not start.\n{Said()}", waited);
        }
        if (_node.HasExited)
            throw new InvalidOperationException($"RabbitMQ does not start.\n{Said()}");
    }

    /// <summary>It listens last of all, when everything else is up.</summary>
    private bool Answers()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private Process Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOME"] = _folder,
                ["ERL_EPMD_PORT"] = $"{_mapperPort}",
                ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
                ["RABBITMQ_NODENAME"] = NodeName,
                ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
                ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
                ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
                ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
                ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
                ["RABBITMQ_LOGS"] = "-",
                // Else a shell stands between, and the node outlives it for a moment.
                ["RUNNING_UNDER_SYSTEMD"] = "true",
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "plugins"),
                ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(_folder, "generated"),
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
    }

    private string Said()
    {
        lock (_output)
            return string.Join('\n', _output.TakeLast(50));
    }

    /// <summary>
    /// None of those that the system gives to connections, one of which would have it when the node is started again.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            try
            {
                var port = Random.Shared.Next(12_000, 32_000);
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
