using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Platform.Testing;

namespace Web.Tests.Running;

/// <summary>The host as a clone starts it, on a free port and with data of its own.</summary>
internal sealed partial class WebHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("web-tests-").FullName;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private readonly Process _process;

    private WebHost()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Host.dll"));
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        start.ArgumentList.Add($"--Database:Directory={_folder}");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Read;
        _process.ErrorDataReceived += Read;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts the host and waits until everybody can sign in.</summary>
    public static async Task<WebHost> StartAsync()
    {
        var host = new WebHost();
        try
        {
            host.Address = await host._address.Task.WaitAsync(Patience);
            using var http = new HttpClient { BaseAddress = host.Address };
            await Eventually.HoldsAsync(() => IsReadyAsync(http), "the accounts are ready");
            return host;
        }
        catch (TimeoutException waited)
        {
            await host.DisposeAsync();
            throw new TimeoutException($"{waited.Message}\n{host._output}", waited);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Not ready is an answer too, and is asked again.</summary>
    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/health/ready");
        return answer.IsSuccessStatusCode
            && !(await answer.Content.ReadAsStringAsync()).Contains("Unhealthy", StringComparison.Ordinal);
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_output)
            _output.AppendLine(line.Data);
        if (Listening().Match(line.Data) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups["address"].Value));
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
