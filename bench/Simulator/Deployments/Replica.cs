using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Simulator.Deployments;

/// <summary>One host as a process of its own. It can be killed, frozen, woken and started again.</summary>
internal sealed partial class Replica(int index, string log, IReadOnlyList<string> arguments)
    : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private Process? _process;

    public string Name => $"replica {index}";

    public int Index => index;

    /// <summary>Where it listens; another port after each start.</summary>
    public Uri Address { get; private set; } = null!;

    public bool IsFrozen { get; private set; }

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts the host and returns when it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before; its log says why.</exception>
    public async Task StartAsync(CancellationToken stop)
    {
        _process?.Dispose();
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(log),
        };
        foreach (var argument in (string[])[HostAssembly.Path, "--urls", "http://127.0.0.1:0", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";

        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = TextWriter.Synchronized(new StreamWriter(log, append: true) { AutoFlush = true });
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.Exited += (_, _) =>
            address.TrySetException(new InvalidOperationException($"{Name} ended as it started; see {log}."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (_process, IsFrozen) = (process, false);
        Address = await address.Task.WaitAsync(Patience, stop);

        void Read(string? line)
        {
            if (line is not null && Listening().Match(line) is { Success: true } match)
                address.TrySetResult(new Uri(match.Groups["address"].Value));
            Write(line);
        }

        void Write(string? line)
        {
            if (line is not null)
                writer.WriteLine(line);
        }
    }

    /// <summary>Ends it as a power cut would: SIGKILL, with no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it holds its connections and its locks, and does nothing.</summary>
    public async Task FreezeAsync()
    {
        await SignalAsync("STOP");
        IsFrozen = true;
    }

    /// <summary>SIGCONT: it goes on in the middle of what it was doing, and does not know that time has passed.</summary>
    public async Task WakeAsync()
    {
        await SignalAsync("CONT");
        IsFrozen = false;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    [GeneratedRegex("Now listening on: (?<address>http://[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
