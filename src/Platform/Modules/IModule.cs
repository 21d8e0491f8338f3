using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Modules;

/// <summary>
/// The front door of a module: all that the process it runs in knows of it. A module never learns which
/// process that is, nor which others run beside it.
/// </summary>
public interface IModule
{
    /// <summary>What the module is: its database, its paths, the events it handles, its background work.</summary>
    ModuleDefinition Define();

    /// <summary>Registers what the module needs beyond handlers and validators, which are found by scanning.</summary>
    /// <param name="services">The process's services. Register only the module's own types.</param>
    /// <param name="settings">The section <c>Modules:{Name}</c>.</param>
    void AddServices(IServiceCollection services, IConfiguration settings);

    /// <summary>Maps the module's endpoints below the paths that it declared.</summary>
    void MapEndpoints(IEndpointRouteBuilder routes);
}
