using System.Diagnostics;
using System.Text.RegularExpressions;
using Platform.Testing;

namespace Simulator.Deployments;

/// <summary>One host as a process of its own. It can be killed, frozen, woken and started again.</summary>
/// <param name="name">What the diary calls it.</param>
/// <param name="log">Where all that it says goes.</param>
/// <param name="assembly">The host that it is.</param>
/// <param name="port">Where it listens; 0 for another port after each start.</param>
/// <param name="arguments">What it is told.</param>
/// <param name="faults">Orders to end at some place; null when there will be none.</param>
internal sealed partial class Replica(
    string name,
    string log,
    string assembly,
    int port,
    IReadOnlyList<string> arguments,
    FaultOrder? faults = null
) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private Process? _process;

    public string Name => name;

    /// <summary>Where it listens.</summary>
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
        foreach (var argument in (string[])[assembly, "--urls", $"http://127.0.0.1:{port}", .. arguments])
            start.ArgumentList.Add(argument);
        faults?.HeededBy(start, name);
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

    /// <summary>Waits until it has ended by itself.</summary>
    public Task EndedAsync(CancellationToken stop) => _process!.WaitForExitAsync(stop);

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
