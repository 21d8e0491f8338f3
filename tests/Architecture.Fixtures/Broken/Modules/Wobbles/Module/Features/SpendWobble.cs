using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mumbles.Domain;
using Platform.Commands;
using Platform.Domain;

namespace Wobbles.Features;

/// <summary>Every way to map an endpoint that hides what it does, and one that does not.</summary>
internal static class SpendWobbleEndpoints
{
    public const string Route = "/spend";

    public static void Lambda(IEndpointRouteBuilder routes) => routes.MapGet(Route, () => "spent");

    public static void AsyncLambda(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                Route,
                async (Guid customer) =>
                {
                    await Task.Yield();
                    return await Tier.OfAsync(customer);
                }
            )
            .WithName("Spend");

    public static void Closure(IEndpointRouteBuilder routes, string answer) =>
        routes.MapPut(Route, () => answer);

    public static void LocalFunction(IEndpointRouteBuilder routes)
    {
        routes.MapDelete(Route, Spend);

        static string Spend() => "spent";
    }

    public static void Variable(IEndpointRouteBuilder routes, Delegate handler) =>
        routes.MapPatch(Route, handler);

    public static void RequestDelegate(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Route, ["GET"], context => context.Response.WriteAsync("spent"));

    public static void MethodGroup(IEndpointRouteBuilder routes) =>
        routes.MapGet(Route, Spend).WithName("Fine");

    private static string Spend() => "spent";
}

public sealed record SpendWobble : ICommand<Nothing>;

public sealed class SpendWobbleHandler : ICommandHandler<SpendWobble, Nothing>
{
    public Task<Result<Nothing>> Handle(SpendWobble command, CancellationToken cancellationToken) =>
        Task.FromResult(Nothing.Done);
}

internal class Unsealed;

internal class Base;

internal sealed class Derived : Base;
