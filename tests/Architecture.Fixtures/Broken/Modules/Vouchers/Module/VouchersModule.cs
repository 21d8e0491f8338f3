using Loyalty.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;
using Vouchers.Integration;

namespace Vouchers;

/// <summary>Declares an event that its handler does not take, and not the one that it does.</summary>
public sealed class VouchersModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Vouchers", typeof(VouchersModule).Assembly)
            .AndHandles<TierLost, TierReachedHandler>();

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}

internal sealed class SideDoor : IModule
{
    public ModuleDefinition Define() => ModuleDefinition.Named("Vouchers", typeof(SideDoor).Assembly);

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}
