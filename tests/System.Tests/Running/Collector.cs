using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace System.Tests.Running;

/// <summary>One piece of work that a process told of.</summary>
/// <param name="Trace">What it is part of, in hexadecimal digits.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Process">Which process did it.</param>
internal sealed record Span(string Trace, string Name, string Process);

/// <summary>Takes what hosts push over OTLP, by HTTP, and reads of it what tests want to know.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Uri _address;

    public Collector()
    {
        _address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(_address.AbsoluteUri);
        _listener.Start();
        _ = ReceiveAsync();
    }

    public ConcurrentBag<Span> Spans { get; } = [];

    /// <summary>The names of what was measured, as the protocol writes them.</summary>
    public ConcurrentDictionary<string, bool> Metrics { get; } = new(StringComparer.Ordinal);

    /// <summary>What has a host push to here, soon.</summary>
    public IReadOnlyList<string> Arguments =>
        [
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={_address.AbsoluteUri.TrimEnd('/')}",
            "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_BSP_SCHEDULE_DELAY=200",
            "--OTEL_METRIC_EXPORT_INTERVAL=1000",
        ];

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            if (call.Request.Url!.AbsolutePath == "/v1/traces")
                ReadTraces(body.ToArray());
            else
                ReadMetrics(body.ToArray());
            call.Response.Close();
        }
    }

    private void ReadTraces(byte[] message)
    {
        foreach (var resource in Fields(message, 1))
        {
            var process = ProcessOf(resource);
            foreach (var span in Fields(resource, 2).SelectMany(scope => Fields(scope, 2)))
                Spans.Add(
                    new Span(Convert.ToHexStringLower(Fields(span, 1).Single()), TextOf(span, 5), process)
                );
        }
    }

    private void ReadMetrics(byte[] message)
    {
        foreach (
            var metric in Fields(message, 1)
                .SelectMany(one => Fields(one, 2))
                .SelectMany(one => Fields(one, 2))
        )
            Metrics[TextOf(metric, 1)] = true;
    }

    private static string ProcessOf(byte[] resource) =>
        Fields(resource, 1)
            .SelectMany(one => Fields(one, 1))
            .Where(attribute => TextOf(attribute, 1) == "service.instance.id")
            .Select(attribute => TextOf(Fields(attribute, 2).Single(), 1))
            .Single();

    private static string TextOf(byte[] message, int field) =>
        Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    /// <summary>The length-delimited fields of a protobuf message that have the number.</summary>
    private static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length; )
        {
            var tag = Number(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Number(message, ref at);
                    if (tag >> 3 == (ulong)number)
                        found.Add(message[at..(at + length)]);
                    at += length;
                    break;
            }
        }
        return found;
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        byte part;
        do
        {
            part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            shift += 7;
        } while (part >= 0x80);
        return value;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
