using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Babbles;

public sealed class BabblesModule : IModule
{
    public ModuleDefinition Define() => ModuleDefinition.Named("Babbles", typeof(BabblesModule).Assembly);

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}
