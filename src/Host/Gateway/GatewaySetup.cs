using Host.Identity;
using Host.Settings;
using Host.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Http;
using Platform.Live;
using Platform.Modules;
using Platform.Telemetry;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
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
                settings.Modules[module.Name] is { Placement: Placement.Remote, Addresses.Count: > 0 }
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
        builder.Services.TryAddSingleton<IncidentLog>();
        builder.Services.AddSingleton<AddressWatch>();
        builder.Services.AddSingleton<IActiveHealthCheckPolicy>(provider =>
            provider.GetRequiredService<AddressWatch>()
        );
        builder.Services.AddSingleton<IAddressWatch>(provider => provider.GetRequiredService<AddressWatch>());
        if (remote.Count > 0)
            builder
                .Services.AddHealthChecks()
                .AddCheck<GatewayHealth>(
                    "Gateway",
                    tags: [HealthEndpoints.ReadyTag, HealthEndpoints.AsideTag]
                );
        builder.Services.LeaveProtectionKeysForLater();
    }

    /// <summary>What becomes of a call, and of its answer, on the way.</summary>
    public static void Transform(TransformBuilderContext proxy)
    {
        proxy.RequestTransforms.Add(proxy.Services.GetRequiredService<PassingOn>());
        proxy.AddResponseTransform(Repeating.PassOverAsync);
        proxy.AddResponseTransform(Forwarding.PassStreamOnAsync);
    }

    /// <summary>Callers are let through whoever they are: each module verifies tokens itself, in whatever process.</summary>
    public static void MapGateway(this WebApplication app)
    {
        var forwarding = app.Services.GetRequiredService<Forwarding>();
        app.MapReverseProxy(proxy =>
            {
                proxy.Use(forwarding.InvokeAsync);
                proxy.Use(Repeating.InvokeAsync);
                proxy.UseLoadBalancing();
            })
            .AllowAnonymous();
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
            Destinations = settings
                .Modules[module.Name]
                .Addresses.Index()
                .ToDictionary(
                    one => $"Modules:{module.Name}:Address:{one.Index}",
                    one => new DestinationConfig { Address = one.Item.AbsoluteUri },
                    StringComparer.Ordinal
                ),
            HealthCheck = AddressWatch.Looks,
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = settings.Gateway.AnswerWithin },
        };
}
