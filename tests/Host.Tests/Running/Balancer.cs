using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Host.Tests.Running;

/// <summary>HAProxy in front of two hosts, with nothing but its look at who is ready: it repeats no request.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private const string Program = "haproxy";

    private readonly DataFolder _folder = new();
    private readonly Process _process;

    private Balancer(IReadOnlyList<int> hosts)
    {
        var port = FreePort();
        File.WriteAllText(
            _folder.File("haproxy.cfg"),
            $"""
            defaults
              mode http
              retries 0
              timeout connect 2s
              timeout client 30s
              timeout server 30s
              timeout check 10s
              option httpchk GET /health/ready
              default-server inter 200ms fall 1 rise 1
            frontend all
              bind 127.0.0.1:{port}
              stats enable
              stats uri /balancer
              default_backend hosts
            backend hosts
              balance roundrobin
            {string.Join('\n', hosts.Select(host => $"  server host{host} 127.0.0.1:{host} check"))}

            """
        );
        var start = new ProcessStartInfo(Found!)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["-f", _folder.File("haproxy.cfg")])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Why there is none here; null when there is.</summary>
    public static string? Missing => Found is null ? "HAProxy is missing: install Debian's 'haproxy'." : null;

    public HttpClient Http { get; }

    private static string? Found =>
        ((string[])["/usr/sbin", "/usr/bin", "/usr/local/sbin"])
            .Select(folder => Path.Combine(folder, Program))
            .FirstOrDefault(File.Exists);

    public static async Task<Balancer> StartAsync(params IReadOnlyList<int> hosts)
    {
        var balancer = new Balancer(hosts);
        await balancer.SeesAllAsync();
        return balancer;
    }

    /// <summary>Waits until every host is found ready.</summary>
    public Task SeesAllAsync() =>
        Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    var rows = await Http.GetStringAsync("/balancer;csv");
                    return rows.Split('\n')
                        .Where(row => row.StartsWith("hosts,host", StringComparison.Ordinal))
                        .All(row => row.Contains(",UP,", StringComparison.Ordinal));
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the balancer finds all hosts ready"
        );

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}
