using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace System.Tests.Running;

/// <summary>A process that says where it listens. It can be killed, frozen and ended, and does not outlive the tests.</summary>
/// <param name="start">How it is started.</param>
/// <param name="listening">What it says when it listens, with the <c>address</c>.</param>
internal abstract class ListeningProcess(ProcessStartInfo start, Regex listening) : IAsyncDisposable
{
    /// <summary>Where it is started as the README says, it is built before, on a machine that is busy with other tests.</summary>
    private static readonly TimeSpan ListensWithin = TimeSpan.FromMinutes(8);

    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(3);

    /// <summary>How much of its log a failed test shows, in characters.</summary>
    private const int LastWords = 20_000;

    /// <summary>What runs now. A test that fails while it sets itself up never ends what it has started.</summary>
    private static readonly ConcurrentDictionary<Process, byte> Running = EndedWithTheTests();

    private readonly Process _process = new() { StartInfo = start };
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public Api Api { get; private set; } = null!;

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
        await _process.WaitForExitAsync().WaitAsync(EndsWithin);
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

    /// <summary>Starts it and waits until it listens; one that does not is ended.</summary>
    protected async Task ListensAsync()
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (
            false,
            true,
            true
        );
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        Running.TryAdd(_process, 0);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            Api = new Api(await _address.Task.WaitAsync(ListensWithin));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
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

    private void Read(string? line)
    {
        if (line is null)
            _address.TrySetException(new InvalidOperationException($"It ended.\n{Output}"));
        else if (listening.Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups["address"].Value));
        Note(line);
    }

    private void Note(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
