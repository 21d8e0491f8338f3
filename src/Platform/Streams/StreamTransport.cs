using System.Collections.Concurrent;
using Wolverine.Transports;

namespace Platform.Streams;

/// <summary>
/// The Wolverine transport whose pipe is the publishing module's own outbox. Each subscription is an endpoint,
/// <c>stream://{stream}/{module}</c>. Sending goes through the outbox alone, never through the bus.
/// </summary>
internal sealed class StreamTransport()
    : TransportBase<StreamEndpoint>(Scheme, "Streams of the modules' outboxes", [])
{
    public const string Scheme = "stream";

    private readonly ConcurrentDictionary<Uri, StreamEndpoint> _endpoints = new();

    public void Add(StreamEndpoint endpoint) => _endpoints[endpoint.Uri] = endpoint;

    public override Wolverine.Configuration.Endpoint? ReplyEndpoint() => null;

    protected override IEnumerable<StreamEndpoint> endpoints() => _endpoints.Values;

    protected override StreamEndpoint findEndpointByUri(Uri uri) =>
        _endpoints.TryGetValue(uri, out var endpoint)
            ? endpoint
            : throw new ArgumentOutOfRangeException(nameof(uri), uri, "No module here follows that stream.");
}
