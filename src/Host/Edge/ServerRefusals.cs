using System.IO.Pipelines;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Http;

namespace Host.Edge;

/// <summary>
/// Gives the refusals that the server makes by itself, before there is a request to speak of (a line too long, too many
/// headers, rubbish), the problem that every other refusal has. The server offers no place for that, so its answers
/// are looked at on their way out: those of the app carry the edge's headers, its own carry none.
/// </summary>
internal static class ServerRefusals
{
    public static ConnectionDelegate Explain(ConnectionDelegate next) =>
        async connection =>
        {
            var wire = connection.Transport;
            connection.Transport = new Explained(wire.Input, new RefusalWriter(wire.Output, connection));
            try
            {
                await next(connection);
            }
            finally
            {
                connection.Transport = wire;
            }
        };

    private sealed record Explained(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class RefusalWriter(PipeWriter wire, ConnectionContext connection) : PipeWriter
    {
        private const int StatusAt = 9;

        private Memory<byte> _lent;

        public override bool CanGetUnflushedBytes => wire.CanGetUnflushedBytes;

        public override long UnflushedBytes => wire.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _lent = wire.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            var written = _lent.Span[..bytes];
            if (!IsRefusal(written))
            {
                wire.Advance(bytes);
                return;
            }
            var explained = Explain(written);
            explained.CopyTo(wire.GetMemory(explained.Length));
            wire.Advance(explained.Length);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            wire.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(
            ReadOnlyMemory<byte> source,
            CancellationToken cancellationToken = default
        ) => wire.WriteAsync(source, cancellationToken);

        public override void CancelPendingFlush() => wire.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => wire.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => wire.CompleteAsync(exception);

        private static bool IsRefusal(ReadOnlySpan<byte> answer) =>
            (answer.StartsWith("HTTP/1.1 4"u8) || answer.StartsWith("HTTP/1.1 505"u8))
            && answer.EndsWith("\r\n\r\n"u8)
            && answer.IndexOf("\r\nContent-Length: 0\r\n"u8) > 0
            && answer.IndexOf("\r\nConnection: close\r\n"u8) > 0
            && answer.IndexOf("\r\nX-Content-Type-Options:"u8) < 0;

        private byte[] Explain(ReadOnlySpan<byte> answer)
        {
            var status = int.Parse(
                answer.Slice(StatusAt, 3),
                System.Globalization.CultureInfo.InvariantCulture
            );
            var (code, detail) = KnownProblems.Of(status);
            var problem = JsonSerializer.Serialize(
                new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["type"] = Problems.TypeOf(code),
                    ["title"] = ReasonPhrases.GetReasonPhrase(status),
                    ["status"] = status,
                    ["detail"] = detail,
                    ["code"] = code,
                    ["traceId"] = connection.ConnectionId,
                }
            );
            var head = Encoding
                .ASCII.GetString(answer[..^2])
                .Replace(
                    "\r\nContent-Length: 0\r\n",
                    $"\r\nContent-Length: {Encoding.UTF8.GetByteCount(problem)}\r\n"
                        + $"Content-Type: {MediaTypeNames.Application.ProblemJson}\r\n"
                        + "X-Content-Type-Options: nosniff\r\n",
                    StringComparison.Ordinal
                );
            return Encoding.UTF8.GetBytes($"{head}\r\n{problem}");
        }
    }
}
