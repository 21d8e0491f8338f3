using Host.Settings;
using Platform.Modules;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Host.Gateway;

/// <summary>
/// Sends the paths of modules in other processes there, so that clients see one address wherever a module runs. A
/// remote module without an address is not served here: somebody else's gateway is.
/// </summary>
internal static class GatewaySetup
{
    private const string Streams = "streams";
    private const string StreamType = "text/event-stream";

    /// <summary>A process that does not answer its door in this time is down.</summary>
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    public static void AddGateway(
        this WebApplicationBuilder builder,
        HostSettings settings,
        IReadOnlyList<ModuleDefinition> modules
    )
    {
        var remote = modules
            .Where(module =>
                settings.Modules[module.Name] is { Placement: Placement.Remote, Address: not null }
            )
            .ToList();
        if (remote.Count == 0)
            return;
        builder.Services.AddSingleton(new Forwarding(settings.Gateway));
        builder.Services.AddSingleton<PassingOn>();
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [.. remote.SelectMany(Routes)],
                [.. remote.SelectMany(module => Clusters(module, settings))]
            )
            .ConfigureHttpClient((_, handler) => handler.ConnectTimeout = ConnectWithin)
            .AddTransforms(proxy =>
            {
                proxy.RequestTransforms.Add(proxy.Services.GetRequiredService<PassingOn>());
                proxy.AddResponseTransform(OpenStreamAsync);
            });
    }

    /// <summary>Callers are let through whoever they are: each module verifies tokens itself, in whatever process.</summary>
    public static void MapGateway(this WebApplication app)
    {
        if (app.Services.GetService<Forwarding>() is not { } forwarding)
            return;
        app.MapReverseProxy(proxy => proxy.Use(forwarding.InvokeAsync)).AllowAnonymous();
    }

    /// <summary>Who opens a live stream learns at once that it is open, not when something is first said on it.</summary>
    private static async ValueTask OpenStreamAsync(ResponseTransformContext answer)
    {
        if (answer.ProxyResponse?.Content.Headers.ContentType?.MediaType == StreamType)
            await answer.HttpContext.Response.Body.FlushAsync(answer.CancellationToken);
    }

    private static IEnumerable<RouteConfig> Routes(ModuleDefinition module)
    {
        foreach (var path in module.Paths)
        {
            var route = new RouteConfig
            {
                RouteId = $"{module.Name} {path}",
                ClusterId = module.Name,
                Match = new RouteMatch { Path = $"{path}/{{**rest}}" },
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Forwarding.Module] = module.Name,
                },
            };
            yield return route;
            yield return route with
            {
                RouteId = $"{module.Name} {path} {Streams}",
                Order = -1,
                ClusterId = $"{module.Name} {Streams}",
                Match = new RouteMatch { Path = route.Match.Path, Headers = [OfStreams] },
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Forwarding.Module] = module.Name,
                    [Forwarding.IsStream] = "true",
                },
            };
        }
    }

    private static RouteHeader OfStreams { get; } =
        new()
        {
            Name = "Accept",
            Values = [StreamType],
            Mode = HeaderMatchMode.Contains,
        };

    private static IEnumerable<ClusterConfig> Clusters(ModuleDefinition module, HostSettings settings)
    {
        var calls = new ClusterConfig
        {
            ClusterId = module.Name,
            Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
            {
                [module.Name] = new() { Address = settings.Modules[module.Name].Address!.AbsoluteUri },
            },
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = settings.Gateway.AnswerWithin },
        };
        yield return calls;
        yield return calls with
        {
            ClusterId = $"{module.Name} {Streams}",
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = settings.Gateway.StreamSilence },
        };
    }
}
