using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Tests.Running;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace System.Tests.Hostile;

/// <summary>Sends what an armoury makes, and judges the answers and what becomes of the host.</summary>
internal sealed class Barrage(HostProcess host, Armoury armoury, int requests) : IDisposable
{
    private const int AtOnce = 8;
    private const int LargestRefusal = 64 * 1024;
    private const int MostFindings = 200;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = AtOnce * 2,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        }
    )
    {
        BaseAddress = host.Api.Address,
        Timeout = TimeSpan.FromMinutes(2),
    };

    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly ConcurrentQueue<string> _findings = new();
    private readonly long[] _memory = new long[11];
    private int _sent;
    private int _documented;
    private int _unanswered;
    private int _codeless;
    private int _byServer;

    /// <summary>What was not as it should be, at most so many.</summary>
    public IReadOnlyCollection<string> Findings => _findings;

    /// <summary>The host's memory at the end, as a part of what it was after a fifth.</summary>
    public double Growth => (double)_memory[10] / _memory[2];

    /// <summary>Sends everything and tells, in lines, what came of it.</summary>
    public async Task<string> RunAsync(string engine, int seed)
    {
        var (log, clock) = (host.OutputLength, Stopwatch.StartNew());
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) => await FireAsync(armoury.Make(number))
        );
        clock.Stop();
        _memory[10] = host.ResidentBytes;
        var (written, failures) = (host.OutputLength - log, Count(host.Output[log..], "fail: "));
        if (failures > 0)
            Note($"The log has {failures} failures.");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Hostile hour on {engine}: seed {seed}, {requests} requests in {clock.Elapsed.TotalSeconds:0} s ({requests
                / clock.Elapsed.TotalSeconds:0} a second), {AtOnce} at a time
            answers: {Between(200, 299)} of 2xx, {Between(300, 399)} of 3xx, {Between(
                400,
                499
            )} of 4xx, {Between(500, 599)} of 5xx, {_documented} of them documented; {_unanswered} cut off
            by status: {string.Join(
                ", ",
                _statuses.OrderBy(one => one.Key).Select(one => $"{one.Key} × {one.Value}")
            )}
            refusals without a code: {_codeless}; by the server itself, whose lines nobody could read: {_byServer}
            memory: {string.Join(
                ", ",
                _memory.Skip(1).Select((bytes, tenth) => $"{(tenth + 1) * 10} % {bytes / 1048576} MB")
            )}; the end is {Growth:0.00} of what it was after a fifth
            log: {written} characters, {(double)written / requests:0.0} a request, {failures} failures
            findings: {_findings.Count}
            {string.Join('\n', _findings)}
            """
        );
    }

    public void Dispose() => _http.Dispose();

    private async Task FireAsync(Shot shot)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (shot.CutShort)
                await CutShortAsync(shot);
            else
                await SendAsync(shot);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            Interlocked.Increment(ref _unanswered);
            // Who hangs up in the middle of a body may be hung up on before the answer is read.
            if (!shot.CutShort)
                Note($"No answer ({failure.GetBaseException().Message}): {shot}");
        }
        catch (OperationCanceledException)
        {
            Note($"No end: {shot}");
        }
        if (Stopwatch.GetElapsedTime(started) > Slow)
            Note($"Slow, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {shot}");
        var sent = Interlocked.Increment(ref _sent);
        if (sent * 10L % requests < 10)
            _memory[sent * 10L / requests] = host.ResidentBytes;
    }

    private async Task SendAsync(Shot shot)
    {
        using var request = new HttpRequestMessage(new HttpMethod(shot.Method), shot.Path);
        foreach (var (name, value) in shot.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (shot.Body is not null)
        {
            request.Content = new ByteArrayContent(shot.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", shot.ContentType);
        }
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)answer.StatusCode;
        _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
            return;
        Judge(shot, status, answer.Content.Headers, await answer.Content.ReadAsStringAsync());
    }

    private void Judge(Shot shot, int status, HttpContentHeaders headers, string body)
    {
        if (status < 400)
            return;
        var code = CodeOf(headers, body);
        if (status >= 500)
        {
            if (status == 503 && code == "payment_timed_out")
                Interlocked.Increment(ref _documented);
            else
                Note($"{status} {code}: {shot}");
        }
        if (IsTheServersOwn(status, headers))
        {
            Interlocked.Increment(ref _byServer);
        }
        else if (code is null && shot.WantsProblems && !IsPage(shot, headers))
        {
            Interlocked.Increment(ref _codeless);
            Note($"{status} without a code: {shot}");
        }
        // A page gives back what was written into its form, however much it was.
        if (body.Length > LargestRefusal && !IsPage(shot, headers))
            Note($"{status} of {body.Length} characters: {shot}");
    }

    /// <summary>Says that more is to come, and goes.</summary>
    private async Task CutShortAsync(Shot shot)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Api.Address.Host, host.Api.Address.Port);
        await using var wire = client.GetStream();
        var head = new StringBuilder(
            $"{shot.Method} {Uri.EscapeDataString("/").Replace("%2F", "/", StringComparison.Ordinal)}{shot.Path.TrimStart('/')} HTTP/1.1\r\nHost: localhost\r\n"
        );
        foreach (var (name, value) in shot.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(
            CultureInfo.InvariantCulture,
            $"Content-Type: {shot.ContentType}\r\nContent-Length: {shot.Body!.Length}\r\n\r\n"
        );
        await wire.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()));
        await wire.WriteAsync(shot.Body.AsMemory(0, shot.Body.Length / 2));
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(wire, Encoding.UTF8);
        var line = await reader.ReadLineAsync() ?? "";
        var status =
            line.Split(' ') is [_, var number, ..]
            && int.TryParse(number, CultureInfo.InvariantCulture, out var told)
                ? told
                : 0;
        _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (status >= 500)
            Note($"{line}, cut short: {shot}");
    }

    /// <summary>A request line or header that is none is refused before there is a request, and says nothing more.</summary>
    private static bool IsTheServersOwn(int status, HttpContentHeaders headers) =>
        status is 400 or 414 or 431 && headers.ContentLength == 0;

    /// <summary>A form that was refused comes back as its page, whoever sent it.</summary>
    private static bool IsPage(Shot shot, HttpContentHeaders headers) =>
        headers.ContentType?.MediaType == "text/html"
        && !shot.Path.StartsWith("/api", StringComparison.OrdinalIgnoreCase);

    private static string? CodeOf(HttpContentHeaders headers, string body)
    {
        if (headers.ContentType?.MediaType != "application/problem+json")
            return null;
        try
        {
            return (string?)JsonNode.Parse(body)?["code"];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Note(string finding)
    {
        if (_findings.Count < MostFindings)
            _findings.Enqueue(finding);
    }

    private int Between(int from, int to) =>
        _statuses.Where(one => one.Key >= from && one.Key <= to).Sum(one => one.Value);

    private static int Count(string text, string what) => text.Split(what).Length - 1;
}
