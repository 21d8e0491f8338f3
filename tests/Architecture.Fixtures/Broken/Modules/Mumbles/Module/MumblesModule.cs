using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Mumbles;

public sealed class MumblesModule : IModule
{
    public ModuleDefinition Define() => ModuleDefinition.Named("Mumbles", typeof(MumblesModule).Assembly);

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}
