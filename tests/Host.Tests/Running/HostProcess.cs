using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Host.Tests.Running;

/// <summary>The built host as its own process, started the way a deployment starts it.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _address = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private HostProcess(Process process) => _process = process;

    public HttpClient Http { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts a host and waits until it listens on a free port.</summary>
    public static async Task<HostProcess> StartAsync(
        DataFolder folder,
        string environment = "Development",
        params IReadOnlyList<string> arguments
    )
    {
        var host = Launch(folder.Path, environment, ["--urls", "http://127.0.0.1:0", .. arguments]);
        try
        {
            var address = await host._address.Task.WaitAsync(Patience);
            host.Http = new HttpClient { BaseAddress = address };
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a host that is expected to end by itself.</summary>
    public static Task<(int ExitCode, string Errors, string Output)> RunAsync(
        DataFolder folder,
        string environment,
        params IReadOnlyList<string> arguments
    ) => RunInAsync(folder.Path, environment, arguments);

    public static async Task<(int ExitCode, string Errors, string Output)> RunInAsync(
        string folder,
        string environment,
        params IReadOnlyList<string> arguments
    )
    {
        await using var host = Launch(folder, environment, arguments);
        await host._process.WaitForExitAsync().WaitAsync(Patience);
        return (host._process.ExitCode, host.Errors, host.Output);
    }

    /// <summary>Runs a command of the host in a working folder, with what was typed and nothing else.</summary>
    public static async Task<(int ExitCode, string Errors, string Output)> CommandAsync(
        string workingFolder,
        params IReadOnlyList<string> arguments
    )
    {
        await using var host = Launch(null, "Production", arguments, workingFolder);
        await host._process.WaitForExitAsync().WaitAsync(Patience);
        return (host._process.ExitCode, host.Errors, host.Output);
    }

    /// <summary>Tells the process to stop, as whoever runs it does.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The exit code of a process that ends within a limit.</summary>
    public async Task<int> EndsWithinAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WaitAsync(limit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Runs a host, on a machine that lacks something, that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Errors)> RunLackingAsync(
        DataFolder folder,
        string variable,
        string value
    )
    {
        await using var host = Launch(folder.Path, "Development", [], variables: (variable, value));
        await host._process.WaitForExitAsync().WaitAsync(Patience);
        return (host._process.ExitCode, host.Errors);
    }

    private static HostProcess Launch(
        string? folder,
        string environment,
        IReadOnlyList<string> arguments,
        string? workingFolder = null,
        params IReadOnlyList<(string Name, string Value)> variables
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = workingFolder ?? AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Host.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (folder is not null)
            start.ArgumentList.Add($"--Database:Directory={folder}");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["DOTNET_ENVIRONMENT"] = environment;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var host = new HostProcess(new Process { StartInfo = start });
        host._process.OutputDataReceived += (_, line) => host.Read(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Note(line.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>What the process wrote as errors so far; both of its outputs are read at the same time.</summary>
    private string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    private void Note(string? line)
    {
        lock (_errors)
            _errors.AppendLine(line);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _address.TrySetException(new InvalidOperationException($"The host ended.\n{Output}\n{Errors}"));
            return;
        }

        lock (_output)
            _output.AppendLine(line);
        if (Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups["address"].Value));
    }

    [GeneratedRegex("Now listening on: (?<address>http://[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
