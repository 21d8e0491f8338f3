using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Platform.Testing;

/// <summary>One message of an event stream.</summary>
public sealed record Told(string Name, JsonElement Data, string? Id)
{
    /// <summary>A text member of the data.</summary>
    public string? Text(string member) => Data.GetProperty(member).GetString();
}

/// <summary>A client that keeps an event stream open.</summary>
public sealed class LiveClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly TeeStream _body;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private LiveClient(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _body = new TeeStream(body);
        _items = SseParser.Create(_body).EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>All that came over the wire so far, heartbeats included.</summary>
    public string Raw => _body.Seen;

    /// <summary>Opens a stream; with <paramref name="lastId"/> it resumes.</summary>
    public static async Task<LiveClient> OpenAsync(HttpClient http, string path, string? lastId = null)
    {
        var response = await AskAsync(http, path, lastId);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
        return new LiveClient(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Asks for a stream and returns once the answer's head is there.</summary>
    public static async Task<HttpResponseMessage> AskAsync(
        HttpClient http,
        string path,
        string? lastId = null
    )
    {
        ArgumentNullException.ThrowIfNull(http);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The next message.</summary>
    public async Task<Told> NextAsync()
    {
        if (!await MoveAsync())
            throw new InvalidOperationException("The stream has ended.");
        var item = _items.Current;
        return new Told(item.EventType, JsonDocument.Parse(item.Data).RootElement, item.EventId);
    }

    /// <summary>The next message of this name.</summary>
    public async Task<Told> NextAsync(string name)
    {
        while (true)
        {
            if (await NextAsync() is var told && told.Name == name)
                return told;
        }
    }

    /// <summary>Whether the server ends the stream with nothing more to say.</summary>
    public async Task<bool> EndsAsync() => !await MoveAsync();

    /// <summary>Reads on in the background, so that <see cref="Raw"/> grows.</summary>
    public Task<bool> ReadOnAsync() => _items.MoveNextAsync().AsTask();

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<bool> MoveAsync() => _items.MoveNextAsync().AsTask().WaitAsync(Limit);

    private sealed class TeeStream(Stream inner) : Stream
    {
        private readonly StringBuilder _seen = new();

        public string Seen
        {
            get
            {
                lock (_seen)
                    return _seen.ToString();
            }
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            lock (_seen)
                _seen.Append(Encoding.UTF8.GetString(buffer.Span[..read]));
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
