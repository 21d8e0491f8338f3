using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Badges;

public sealed class BadgesModule : IModule
{
    public ModuleDefinition Define() => ModuleDefinition.Named("Badges", typeof(BadgesModule).Assembly);

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}
