using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Figures.Placing;

/// <summary>
/// Places orders over connections that stay open, each as soon as the one before it is answered. Requests are bytes
/// made beforehand, and of an answer only the status and the length are read, since the load shares the processor
/// with what it measures.
/// </summary>
internal sealed class Load(Uri server, IReadOnlyList<string> tokens, string basket)
{
    private const int LengthOfKey = 36;

    /// <summary>Loads the server with a connection per token for so long.</summary>
    public async Task<Spell> RunAsync(TimeSpan length, int? atMost = null)
    {
        var ends = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var left = atMost ?? int.MaxValue;
        var began = Stopwatch.GetTimestamp();
        var answered = await Task.WhenAll(tokens.Select(token => Task.Run(() => OneAsync(token))));
        return new Spell(Stopwatch.GetElapsedTime(began), [.. answered.SelectMany(times => times)]);

        async Task<List<double>> OneAsync(string token)
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(server.Host, server.Port);
            var (request, key) = RequestOf(token);
            var answer = new Answer(client.Client);
            var times = new List<double>();
            while (Stopwatch.GetTimestamp() < ends && Interlocked.Decrement(ref left) >= 0)
            {
                var sent = Stopwatch.GetTimestamp();
                Guid.CreateVersion7().TryFormat(request.AsSpan(key, LengthOfKey), out _);
                await client.Client.SendAsync(request);
                await answer.ReadAsync();
                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
            return times;
        }
    }

    private (byte[] Request, int Key) RequestOf(string token)
    {
        var head =
            $"POST /api/orders HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(basket)}\r\n"
            + "Idempotency-Key: ";
        var request = Encoding.UTF8.GetBytes($"{head}{new string('0', LengthOfKey)}\r\n\r\n{basket}");
        return (request, head.Length);
    }

    private sealed class Answer(Socket socket)
    {
        private readonly byte[] _buffer = new byte[64 * 1024];

        public async Task ReadAsync()
        {
            var read = 0;
            while (true)
            {
                var more = await socket.ReceiveAsync(_buffer.AsMemory(read));
                read += more;
                if (more == 0)
                    throw new InvalidOperationException("The server closed the connection.");
                if (IsWhole(_buffer.AsSpan(0, read)))
                    break;
            }
            if (!_buffer.AsSpan(9, 3).SequenceEqual("201"u8))
            {
                throw new InvalidOperationException(
                    $"An order was not placed: {Encoding.UTF8.GetString(_buffer, 0, read)}"
                );
            }
        }

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var head = answer.IndexOf("\r\n\r\n"u8);
            if (head < 0)
                return false;
            var length = answer[..head].IndexOf("Content-Length: "u8);
            if (length < 0)
                return answer.EndsWith("\r\n0\r\n\r\n"u8);
            _ = System.Buffers.Text.Utf8Parser.TryParse(
                answer[(length + "Content-Length: "u8.Length)..],
                out int expected,
                out var _
            );
            return answer.Length == head + 4 + expected;
        }
    }
}

/// <summary>What was answered in a spell of load, and after how many milliseconds each.</summary>
internal sealed record Spell(TimeSpan Length, IReadOnlyList<double> Milliseconds)
{
    public double PerSecond => Milliseconds.Count / Length.TotalSeconds;
}
