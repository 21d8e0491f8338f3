using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Platform.Testing;

/// <summary>A throwaway pooler in front of a PostgreSQL server, in transaction mode. It ends with its owner.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private const UnixFileMode ReadableByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly string? Program = new[]
    {
        "/usr/sbin/pgbouncer",
        "/usr/bin/pgbouncer",
    }.FirstOrDefault(File.Exists);

    private readonly string _folder;
    private readonly Process _process;
    private readonly int _port;
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly StringBuilder _errors;

    private PgBouncer(
        string folder,
        Process process,
        int port,
        NpgsqlConnectionStringBuilder server,
        StringBuilder errors
    ) => (_folder, _process, _port, _server, _errors) = (folder, process, port, server, errors);

    /// <summary>Why there is no pooler to be had here; null when there is.</summary>
    public static string? Missing =>
        Program is null ? "PgBouncer is missing: install Debian's 'pgbouncer'." : null;

    /// <summary>The database's connection string by way of the pooler, as the handbook asks for it.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(_server.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = _port,
            MaxAutoPrepare = 0,
            Options = "",
        }.ConnectionString;

    /// <summary>Starts a pooler in front of a database.</summary>
    public static async Task<PgBouncer> StartAsync(string database, int connections)
    {
        var server = new NpgsqlConnectionStringBuilder(database);
        var folder = Directory.CreateTempSubdirectory("monolith-pgbouncer-").FullName;
        var port = FreePort();
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            settings,
            $"""
            [databases]
            {server.Database} = host={server.Host} port={server.Port} user={server.Username}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {connections}
            ignore_startup_parameters = extra_float_digits,options

            """
        );
        if (!OperatingSystem.IsWindows())
        {
            // It refuses to run as root.
            File.SetUnixFileMode(
                folder,
                ReadableByAll
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupExecute
                    | UnixFileMode.OtherExecute
            );
            File.SetUnixFileMode(settings, ReadableByAll);
        }
        var errors = new StringBuilder();
        var process = Process.Start(
            new ProcessStartInfo(
                "setpriv",
                Environment.UserName == "root"
                    ? ["--reuid=nobody", "--clear-groups", "--pdeathsig=KILL", Program!, settings]
                    : ["--pdeathsig=KILL", Program!, settings]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, said) => errors.AppendLine(said.Data);
        process.BeginErrorReadLine();
        var pooler = new PgBouncer(folder, process, port, server, errors);
        await Eventually.HoldsAsync(pooler.AnswersAsync, "PgBouncer answers");
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"PgBouncer ended.\n{_errors}");
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString
            );
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
