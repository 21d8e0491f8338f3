using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Loyalty;

public sealed class LoyaltyModule : IModule
{
    public ModuleDefinition Define() => ModuleDefinition.Named("Loyalty", typeof(LoyaltyModule).Assembly);

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}
