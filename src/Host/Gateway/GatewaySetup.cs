using Host.Identity;
using Host.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Http;
using Platform.Live;
using Platform.Modules;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Host.Gateway;

/// <summary>
/// Sends the paths of modules in other processes there, so that clients see one address wherever a module runs. A
/// remote module without an address is not served here: somebody else's gateway is.
/// </summary>
internal static class GatewaySetup
{
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
        builder.Services.TryAddSingleton<LiveTenures>();
        builder.Services.AddSingleton(provider => new Forwarding(
            settings.Gateway,
            provider.GetRequiredService<LiveTenures>()
        ));
        builder.Services.AddSingleton<PassingOn>();
        builder.Services.AddSingleton<IForwarding>(provider =>
            ActivatorUtilities.CreateInstance<HomeForwarding>(provider, settings.Gateway)
        );
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [.. remote.SelectMany(Routes)],
                [.. remote.Select(module => Cluster(module, settings))]
            )
            .ConfigureHttpClient((_, handler) => handler.ConnectTimeout = ConnectWithin)
            .AddTransforms(Transform);
        builder.Services.LeaveProtectionKeysForLater();
    }

    /// <summary>What becomes of a call, and of its answer, on the way.</summary>
    public static void Transform(TransformBuilderContext proxy)
    {
        proxy.RequestTransforms.Add(proxy.Services.GetRequiredService<PassingOn>());
        proxy.AddResponseTransform(Forwarding.PassStreamOnAsync);
    }

    /// <summary>Callers are let through whoever they are: each module verifies tokens itself, in whatever process.</summary>
    public static void MapGateway(this WebApplication app)
    {
        var forwarding = app.Services.GetRequiredService<Forwarding>();
        app.MapReverseProxy(proxy => proxy.Use(forwarding.InvokeAsync)).AllowAnonymous();
    }

    private static IEnumerable<RouteConfig> Routes(ModuleDefinition module) =>
        module.Paths.Select(path => new RouteConfig
        {
            RouteId = $"{module.Name} {path}",
            ClusterId = module.Name,
            Match = new RouteMatch { Path = $"{path}/{{**rest}}" },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Forwarding.Module] = module.Name,
            },
        });

    private static ClusterConfig Cluster(ModuleDefinition module, HostSettings settings) =>
        new()
        {
            ClusterId = module.Name,
            Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
            {
                [module.Name] = new() { Address = settings.Modules[module.Name].Address!.AbsoluteUri },
            },
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = settings.Gateway.AnswerWithin },
        };
}
