using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Platform.Pages;

/// <summary>
/// Maps pages as calls are mapped, except that a page's binding code is made when it is first asked for: a process
/// that serves none starts without the cost of them.
/// </summary>
public static class PageRoutes
{
    /// <summary>A page, or a piece of one, that is looked at.</summary>
    public static IEndpointConventionBuilder MapPage(
        this IEndpointRouteBuilder routes,
        string path,
        Delegate handler
    ) => Map(routes, HttpMethods.Get, path, handler);

    /// <summary>Takes a page's form.</summary>
    public static IEndpointConventionBuilder MapForm(
        this IEndpointRouteBuilder routes,
        string path,
        Delegate handler
    ) => Map(routes, HttpMethods.Post, path, handler);

    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder routes,
        string method,
        string path,
        Delegate handler
    )
    {
        ArgumentNullException.ThrowIfNull(routes);
        var made = new Lazy<RequestDelegate>(() => Make(routes.ServiceProvider, path, handler));
        return routes.MapMethods(path, [method], (RequestDelegate)(http => made.Value(http)));
    }

    private static RequestDelegate Make(IServiceProvider services, string path, Delegate handler) =>
        RequestDelegateFactory
            .Create(
                handler,
                new RequestDelegateFactoryOptions
                {
                    ServiceProvider = services,
                    RouteParameterNames = RoutePatternFactory
                        .Parse(path)
                        .Parameters.Select(parameter => parameter.Name),
                    ThrowOnBadRequest = true,
                }
            )
            .RequestDelegate;
}
