using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Figures;

/// <summary>
/// This program in another process, doing one part of a measurement. It says <c>ready</c>, and ends with its input.
/// </summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;

    private BenchProcess(Process process) => _process = process;

    /// <summary>Starts it and returns when it is ready.</summary>
    public static async Task<BenchProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(BenchProcess).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = new BenchProcess(Process.Start(start)!);
        await process.HearAsync("ready");
        return process;
    }

    /// <summary>Gives it a task.</summary>
    /// <returns>What it answers.</returns>
    public async Task<string> AskAsync(string task)
    {
        await _process.StandardInput.WriteLineAsync(task);
        return await HearAsync("done ");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Completes when nobody wants this process any more.</summary>
    public static async Task UnwantedAsync()
    {
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null) { }
    }

    private async Task<string> HearAsync(string word)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(word, StringComparison.Ordinal))
                return line[word.Length..];
            await Console.Error.WriteLineAsync(line);
        }
        throw new InvalidOperationException("A part of the benchmark ended early; see above.");
    }
}
