using Host.Settings;
using Platform.Http;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Host.Gateway;

/// <summary>Sends the calls of modules that are at home elsewhere there, under the same limits as those that always were.</summary>
internal sealed class HomeForwarding : IForwarding, IDisposable
{
    private readonly IHttpForwarder _forwarder;
    private readonly Forwarding _limits;
    private readonly Lazy<HttpTransformer> _transformer;
    private readonly ForwarderRequestConfig _config;
    private readonly HttpMessageInvoker _client;

    public HomeForwarding(
        IHttpForwarder forwarder,
        IForwarderHttpClientFactory clients,
        ITransformBuilder transforms,
        Forwarding limits,
        GatewaySettings settings
    )
    {
        (_forwarder, _limits) = (forwarder, limits);
        _client = clients.CreateClient(
            new ForwarderHttpClientContext { ClusterId = "", NewConfig = HttpClientConfig.Empty }
        );
        // Not at the start: who callers are is known from keys that are made ready by then.
        _transformer = new Lazy<HttpTransformer>(() => transforms.Create(GatewaySetup.Transform));
        _config = new ForwarderRequestConfig { ActivityTimeout = settings.AnswerWithin };
    }

    public Task ForwardAsync(HttpContext http, string module, Uri address) =>
        _limits.InvokeAsync(
            http,
            module,
            async passed =>
                await _forwarder.SendAsync(
                    passed,
                    address.GetLeftPart(UriPartial.Authority),
                    _client,
                    _config,
                    _transformer.Value
                )
        );

    public void Dispose() => _client.Dispose();
}
