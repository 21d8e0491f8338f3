using System.Diagnostics;
using System.Globalization;

namespace Figures;

/// <summary>A host in a process of its own.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(4);

    /// <summary>Asking more often would take from the host what little processor time there is.</summary>
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromMilliseconds(500);
    private const int CalmSamples = 20;
    private const double CalmMegabytes = 1;

    private readonly Process _process;
    private readonly Stopwatch _sinceStart;
    private string _lastLine = "";

    private RunningHost(Process process, Stopwatch sinceStart, Uri address)
    {
        (_process, _sinceStart) = (process, sinceStart);
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    public TimeSpan SinceStart => _sinceStart.Elapsed;

    /// <summary>Starts it as a new clone does, in Development, on SQLite, with demo data.</summary>
    public static RunningHost Start(PublishedHost published, string data) =>
        Start(published, "Development", [$"--Database:Directory={data}"]);

    /// <summary>Starts the process; the clock runs from just before.</summary>
    public static RunningHost Start(
        PublishedHost published,
        string environment,
        IReadOnlyList<string> settings
    )
    {
        var address = BenchProcess.FreeAddress();
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(published.Folder, "Host.dll"), $"--urls={address}" },
            WorkingDirectory = published.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in settings.Concat(published.Settings))
            start.ArgumentList.Add(setting);
        // As shipped: nothing of the caller's shell tunes the runtime or configures the host.
        foreach (var name in start.Environment.Keys.Where(Tunes).ToList())
            start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;

        var sinceStart = Stopwatch.StartNew();
        var host = new RunningHost(Process.Start(start)!, sinceStart, address);
        host._process.OutputDataReceived += host.Keep;
        host._process.ErrorDataReceived += host.Keep;
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Asks for the list of stores until it is answered.</summary>
    public Task AnsweringAsync() => UntilAsync(AnswersAsync, StartPatience);

    /// <summary>Asks a question until the answer is yes.</summary>
    public async Task UntilAsync(Func<Task<bool>> question, TimeSpan patience)
    {
        var asked = Stopwatch.StartNew();
        while (!await question())
        {
            if (_process.HasExited || asked.Elapsed > patience)
                throw new InvalidOperationException($"The host does not answer. It last said: {_lastLine}");
            await Task.Delay(BetweenQuestions);
        }
    }

    /// <summary>Resident memory once it has stood still for ten seconds.</summary>
    public async Task<double> IdleMegabytesAsync()
    {
        var window = new Queue<double>();
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Patience)
        {
            window.Enqueue(ResidentMegabytes());
            if (window.Count > CalmSamples)
                window.Dequeue();
            if (window.Count == CalmSamples && window.Max() - window.Min() < CalmMegabytes)
                break;
            await Task.Delay(BetweenSamples);
        }
        return window.Last();
    }

    /// <summary>Ends it as a power cut would: SIGKILL, with no chance to hand anything back.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await DisposeAsync();
    }

    /// <summary>Stops it in order, so that it hands its leases back.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token);
        }
        _process.Dispose();
    }

    private static bool Tunes(string variable) =>
        variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || variable.Contains("__", StringComparison.Ordinal)
        || (
            variable.StartsWith("DOTNET_", StringComparison.Ordinal)
            && !variable.StartsWith("DOTNET_ROOT", StringComparison.Ordinal)
        );

    private void Keep(object sender, DataReceivedEventArgs line) => _lastLine = line.Data ?? _lastLine;

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/api/stores");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private double ResidentMegabytes() =>
        File.ReadLines($"/proc/{_process.Id}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line =>
                double.Parse(
                    line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture
                ) / 1024
            )
            .Single();
}
