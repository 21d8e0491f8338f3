using Hiccups.Data;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Hiccups;

/// <summary>Says nothing yet and is asked nothing: it has no events, no endpoints and no domain.</summary>
public sealed class HiccupsModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition.Named("Hiccups", typeof(HiccupsModule).Assembly).WithDatabase<HiccupsDbContext>();

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}
