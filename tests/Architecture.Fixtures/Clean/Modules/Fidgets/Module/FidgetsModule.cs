using Fidgets.Data;
using Fidgets.Features;
using Fidgets.Integration;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orders.Contracts;
using Platform.Modules;

namespace Fidgets;

public sealed class FidgetsModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Fidgets", typeof(FidgetsModule).Assembly)
            .WithDatabase<FidgetsDbContext>()
            .WithPaths("/api/fidgets")
            .AndHandles<OrderDelivered, OrderDeliveredHandler>();

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) => IssueFidgetEndpoint.Map(routes);
}
