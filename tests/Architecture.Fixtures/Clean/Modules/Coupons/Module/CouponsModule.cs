using Coupons.Data;
using Coupons.Features;
using Coupons.Integration;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orders.Contracts;
using Platform.Modules;

namespace Coupons;

public sealed class CouponsModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Coupons", typeof(CouponsModule).Assembly)
            .WithDatabase<CouponsDbContext>()
            .WithPaths("/api/coupons")
            .AndHandles<OrderDelivered, OrderDeliveredHandler>();

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) => IssueCouponEndpoint.Map(routes);
}
