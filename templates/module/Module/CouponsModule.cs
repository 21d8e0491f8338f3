using Coupons.Data;
using Coupons.Features;
using Coupons.Integration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orders.Contracts;
using Platform.Modules;

namespace Coupons;

/// <summary>Coupons, and how many orders were delivered since each of them was opened.</summary>
public sealed class CouponsModule : IModule
{
    /// <inheritdoc/>
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Coupons", typeof(CouponsModule).Assembly)
            .WithDatabase<CouponsDbContext>()
            .WithPaths("/api/coupons")
            .AndHandles<OrderDelivered, OrderDeliveredHandler>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var coupons = routes.MapGroup("/api/coupons").WithTags("Coupons");

        OpenCouponEndpoint.Map(coupons);
        ShowCouponEndpoint.Map(coupons);
    }
}
