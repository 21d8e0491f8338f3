using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Platform.Testing;

/// <summary>
/// A throwaway PostgreSQL server on a free loopback port, with its data in a folder of its own. It ends when the
/// process that started it does, however that ends, and takes its data along.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    /// <summary>The environment variable with the connection string of a server to use instead.</summary>
    public const string Variable = "MONOLITH_POSTGRES";

    private const string Owner = "monolith";

    /// <summary>
    /// Runs the server and tells its process id. Whatever ends the process at the other end of this one's input ends
    /// the server as well; its data goes too, unless the last word was to keep it.
    /// </summary>
    private const string Watchman = """
        "$@" </dev/null >>"$LOG" 2>&1 &
        server=$!
        echo "$server"
        word=
        read -r word
        kill -QUIT "$server" 2>/dev/null
        wait "$server"
        [ "$word" = keep ] || rm -rf "$FOLDER"
        """;

    private static readonly Lazy<Task<PostgreSqlServer>> OfThisProcess = new(() => StartAsync());

    private readonly string _folder;
    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly bool _durable;
    private Process? _watchman;
    private int _server;

    private PostgreSqlServer(string folder, string address, bool durable)
    {
        (_folder, _durable) = (folder, durable);
        _address = new NpgsqlConnectionStringBuilder(address);
    }

    /// <summary>Why there is no server to be had here; null when there is.</summary>
    public static string? Missing =>
        Existing is null && PostgreSqlPrograms.Folder is null
            ? $"PostgreSQL is missing: install Debian's 'postgresql', or set {Variable} to a connection string."
            : null;

    private static string? Existing => Environment.GetEnvironmentVariable(Variable);

    /// <summary>The server that the tests of this process share, each with databases of its own.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => OfThisProcess.Value;

    /// <summary>Starts a server, or goes to the existing one.</summary>
    /// <param name="durable">
    /// Whether commits outlive a crash of the server, as in production. Such a server is always a new one.
    /// </param>
    public static async Task<PostgreSqlServer> StartAsync(bool durable = false)
    {
        if (Existing is { } existing && !durable)
            return new PostgreSqlServer("", existing, durable);
        var folder = Directory.CreateTempSubdirectory("monolith-postgres-").FullName;
        var address = $"Host=127.0.0.1;Port={FreePort()};Username={Owner};Database=postgres;Timeout=30";
        var server = new PostgreSqlServer(folder, address, durable);
        await PostgreSqlPrograms.InitializeAsync(folder, server.Data, Owner);
        await server.StartAgainAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server._watchman?.StandardInput.Close();
        return server;
    }

    /// <summary>The connection string of a database here. Its pool is soon empty, as many tests share the server.</summary>
    public string ConnectionStringOf(string database) =>
        new NpgsqlConnectionStringBuilder(_address.ConnectionString)
        {
            Database = database,
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 2,
        }.ConnectionString;

    /// <summary>Creates a database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.CreateVersion7():N}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionStringOf(name);
    }

    /// <summary>Runs statements in a database as the server's owner.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        var address = new NpgsqlConnectionStringBuilder(_address.ConnectionString)
        {
            Database = database,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends the server without letting it finish anything; its data stays as it is.</summary>
    public async Task CrashAsync()
    {
        await _watchman!.StandardInput.WriteLineAsync("keep");
        await _watchman.WaitForExitAsync();
        _watchman.Dispose();
        _watchman = null;
    }

    /// <summary>Starts the server on the data it had, and returns when it answers.</summary>
    public async Task StartAgainAsync()
    {
        List<string> settings =
        [
            "listen_addresses=127.0.0.1",
            $"port={_address.Port}",
            "unix_socket_directories=",
            "max_connections=400",
            "max_prepared_transactions=20",
        ];
        if (!_durable)
            settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["FOLDER"] = _folder, ["LOG"] = Log },
        };
        IEnumerable<string> server =
        [
            "postgres",
            "-D",
            Data,
            .. settings.SelectMany(one => new[] { "-c", one }),
        ];
        foreach (var part in (string[])["-c", Watchman, "sh", .. PostgreSqlPrograms.Unprivileged(server)])
            start.ArgumentList.Add(part);
        _watchman = Process.Start(start)!;
        _server = int.Parse((await _watchman.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        await Eventually.HoldsAsync(AnswersAsync, "PostgreSQL answers");
    }

    public async ValueTask DisposeAsync()
    {
        if (_watchman is null)
            return;
        _watchman.StandardInput.Close();
        await _watchman.WaitForExitAsync();
        _watchman.Dispose();
        _watchman = null;
    }

    /// <summary>The id of the server's process.</summary>
    public int ProcessId => _server;

    private string Data => Path.Combine(_folder, "data");

    private string Log => Path.Combine(_folder, "log");

    private async Task<bool> AnswersAsync()
    {
        if (_watchman!.HasExited || !File.Exists($"/proc/{_server}/stat") && OperatingSystem.IsLinux())
            throw new InvalidOperationException($"PostgreSQL ended.\n{await File.ReadAllTextAsync(Log)}");
        try
        {
            await ExecuteAsync("postgres", "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
