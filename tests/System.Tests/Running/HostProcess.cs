using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace System.Tests.Running;

/// <summary>The built host as its own process, as anybody runs it, on a free port and a folder of the test's.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>How much of its log a failed test shows, in characters.</summary>
    private const int LastWords = 20_000;

    /// <summary>What runs now. A test that fails while it sets itself up never ends what it has started.</summary>
    private static readonly ConcurrentDictionary<Process, byte> Running = EndedWithTheTests();

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private HostProcess(string folder, Process process) => (Folder, _process) = (folder, process);

    public string Folder { get; }

    public Api Api { get; private set; } = null!;

    public Tokens Tokens { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public int OutputLength
    {
        get
        {
            lock (_output)
                return _output.Length;
        }
    }

    /// <summary>The memory that it has of the machine's, now.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the built host and waits until it listens.</summary>
    public static Task<HostProcess> StartAsync(string folder, params IReadOnlyList<string> arguments) =>
        LaunchAsync(folder, folder, [Repository.HostAssembly, .. arguments]);

    /// <summary>Starts another host than the product's and waits until it listens.</summary>
    public static Task<HostProcess> StartOtherAsync(
        string assembly,
        string folder,
        params IReadOnlyList<string> arguments
    ) => LaunchAsync(folder, folder, [assembly, .. arguments]);

    /// <summary>Starts the built host with environment variables alone, as a container has them.</summary>
    public static Task<HostProcess> StartAsync(
        string folder,
        IReadOnlyDictionary<string, string> environment
    ) => LaunchAsync(folder, folder, [Repository.HostAssembly], environment);

    /// <summary>Starts the built host on what others may share with it.</summary>
    public static Task<HostProcess> StartAsync(
        Deployment deployment,
        params IReadOnlyList<string> arguments
    ) => StartAsync(deployment.Folder, [.. deployment.Arguments, .. arguments]);

    /// <summary>Starts it with a command of the README, such as <c>dotnet run …</c>, at the repository's root.</summary>
    public static Task<HostProcess> RunAsync(string command, string folder) =>
        LaunchAsync(folder, Repository.Root, [.. command.Split(' ').Skip(1), "--"]);

    /// <summary>Waits until every part of it can do its work.</summary>
    public Task IsReadyAsync() =>
        Eventually.HoldsAsync(
            async () => (string)(await Api.GetAsync("/health/ready")).Json["status"]! == "Healthy",
            "everything is ready"
        );

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
        await SignalAsync("TERM");
        await _process.WaitForExitAsync();
        _process.ExitCode.ShouldBe(0, Output);
    }

    /// <summary>It holds its connections and does nothing, as one that swaps or waits for its disk.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            Output.Length <= LastWords ? Output : $"…{Output[^LastWords..]}"
        );
        Api?.Dispose();
        Running.TryRemove(_process, out _);
        _process.Dispose();
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

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    private static async Task<HostProcess> LaunchAsync(
        string folder,
        string workingFolder,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (environment is null)
        {
            if (!arguments.Any(argument => argument.StartsWith("--urls=", StringComparison.Ordinal)))
                start.ArgumentList.Add("--urls=http://127.0.0.1:0");
            start.ArgumentList.Add($"--Database:Directory={folder}");
            start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
            start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        }
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;

        var host = new HostProcess(folder, new Process { StartInfo = start });
        host._process.OutputDataReceived += (_, line) => host.Read(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Note(line.Data);
        host._process.Start();
        Running.TryAdd(host._process, 0);
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        try
        {
            host.Api = new Api(await host._address.Task.WaitAsync(Patience));
            host.Tokens = new Tokens(folder);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            _address.TrySetException(new InvalidOperationException($"The host ended.\n{Output}"));
        else if (Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups["address"].Value));
        Note(line);
    }

    private void Note(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    [GeneratedRegex("Now listening on: (?<address>http://[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
