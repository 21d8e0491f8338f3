using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Platform.Testing;

namespace Web.Tests.Running;

/// <summary>The host as a clone starts it, on a free port and with data of its own.</summary>
internal sealed partial class WebHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("web-tests-").FullName;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private readonly Process _process;

    private WebHost(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Assembly);
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        start.ArgumentList.Add($"--Database:Directory={_folder}");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Read;
        _process.ErrorDataReceived += Read;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where the build put it, or the published one that <c>MONOLITH_HOST</c> names.</summary>
    private static string Assembly { get; } =
        Environment.GetEnvironmentVariable("MONOLITH_HOST") is { Length: > 0 } published
            ? published
            : Path.Combine(AppContext.BaseDirectory, "Host.dll");

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts the host and waits until everybody can sign in.</summary>
    public static async Task<WebHost> StartAsync(params IReadOnlyList<string> arguments)
    {
        var host = new WebHost(arguments);
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

    /// <summary>Puts an event on a module's stream beside the running host.</summary>
    public Guid Say(string module, string type, string payload)
    {
        var now = TimeProvider.System.GetUtcNow();
        var key = Guid.CreateVersion7(now);
        var address = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_folder, $"{module}.db"),
            DefaultTimeout = 15,
            Pooling = false,
        };
        using var connection = new SqliteConnection(address.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """INSERT INTO outbox ("EventId", "Type", "Key", "Payload", "OccurredAt") VALUES ($id, $type, $key, $payload, $now)""";
        command.Parameters.AddWithValue("$id", Guid.CreateVersion7(now).ToString().ToUpperInvariant());
        command.Parameters.AddWithValue("$type", type);
        command.Parameters.AddWithValue("$key", key.ToString().ToUpperInvariant());
        command.Parameters.AddWithValue("$payload", payload);
        command.Parameters.AddWithValue("$now", now.UtcTicks);
        command.ExecuteNonQuery();
        return key;
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
