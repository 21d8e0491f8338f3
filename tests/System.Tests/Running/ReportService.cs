using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace System.Tests.Running;

/// <summary>
/// <c>samples/report-service</c> as its own process, as anybody runs it. It wants Node.js, which a developer's machine may
/// lack and CI must have.
/// </summary>
internal sealed partial class ReportService : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "report-service");
    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<Process, byte> Running = EndedWithTheTests();

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private ReportService(Process process) => _process = process;

    public Api Api { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ReportService> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        await RequireAsync();
        var start = new ProcessStartInfo("node", ["src/main.js"])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["REPORT_LISTEN"] = "127.0.0.1:0" },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var service = new ReportService(new Process { StartInfo = start });
        service._process.OutputDataReceived += (_, line) => service.Read(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Note(line.Data);
        service._process.Start();
        Running.TryAdd(service._process, 0);
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        try
        {
            service.Api = new Api(await service._address.Task.WaitAsync(Patience));
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs its own tests, those on a database too.</summary>
    /// <returns>Whether they passed, and what they said.</returns>
    public static async Task<(bool Passed, string Said)> TestAsync(string database)
    {
        await RequireAsync();
        var (code, said) = await RunAsync("npm", database, "test");
        return (code == 0, said);
    }

    /// <summary>A connection string of .NET as everybody else writes it.</summary>
    public static string UrlOf(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        var password = parts.Password is { } secret ? $":{Uri.EscapeDataString(secret)}" : "";
        return $"postgres://{Uri.EscapeDataString(parts.Username!)}{password}@{parts.Host}:{parts.Port}/{parts.Database}";
    }

    /// <summary>Ends it as a power cut would: SIGKILL, with no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as whoever rolls an upgrade out does: SIGTERM, and as long as it takes.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.ExitCode.ShouldBe(0, Output);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(Output);
        Api?.Dispose();
        Running.TryRemove(_process, out _);
        _process.Dispose();
    }

    private static async Task RequireAsync()
    {
        if (await Installed.Value is not { } missing)
            return;
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.Fail(missing);
    }

    /// <summary>Why it cannot be had; null when it can. What was installed for this lock file is taken as it is.</summary>
    private static async Task<string?> InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(Folder, "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc)
            return null;
        try
        {
            var (code, said) = await RunAsync(
                "npm",
                null,
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error"
            );
            return code == 0 ? null : $"'npm ci' in samples/report-service failed: {said}";
        }
        catch (ComponentModel.Win32Exception)
        {
            return "Node.js and npm are not installed, with which the report service runs.";
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(
        string program,
        string? database,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (database is not null)
            start.Environment["REPORT_TEST_DATABASE"] = database;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (output + await errors).Trim());
    }

    private static ConcurrentDictionary<Process, byte> EndedWithTheTests()
    {
        var running = new ConcurrentDictionary<Process, byte>();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (var process in running.Keys)
                process.Kill(entireProcessTree: true);
        };
        return running;
    }

    private void Read(string? line)
    {
        if (line is null)
            _address.TrySetException(new InvalidOperationException($"The service ended.\n{Output}"));
        else if (Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups["address"].Value));
        Note(line);
    }

    private void Note(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    [GeneratedRegex("Listening on (?<address>http://[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
