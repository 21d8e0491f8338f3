using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mumbles.Contracts;
using Platform.Modules;
using Wobbles.Integration;

namespace Wobbles;

/// <summary>Declares an event that its handler does not take, and not the one that it does.</summary>
public sealed class WobblesModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Wobbles", typeof(WobblesModule).Assembly)
            .AndHandles<TierLost, TierReachedHandler>();

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}

internal sealed class SideDoor : IModule
{
    public ModuleDefinition Define() => ModuleDefinition.Named("Wobbles", typeof(SideDoor).Assembly);

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}
