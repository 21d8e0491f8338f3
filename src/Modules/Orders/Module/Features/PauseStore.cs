using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Contracts;
using Orders.Data;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>A store stops taking orders for now, or takes them again. Doing so twice changes nothing.</summary>
internal sealed record PauseStore(Guid StoreId, Caller Caller, bool Paused)
    : ICommand<Nothing>,
        IRetryOnConflict;

internal sealed class PauseStoreHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<PauseStore, Nothing>
{
    public async Task<Result<Nothing>> Handle(PauseStore command, CancellationToken cancellationToken)
    {
        var store = await database.Stores.SingleOrDefaultAsync(
            row => row.Id == command.StoreId,
            cancellationToken
        );
        if (store is null)
            return StoreView.NotFound;
        if (!command.Caller.Keeps(store.Id))
            return StoreAccess.NotYours;
        if (command.Paused ? store.Pause() : store.Resume())
        {
            database.Say(
                store.Id,
                new StoreChanged(
                    store.Id,
                    store.Name,
                    store.Location.ToPlace(),
                    store.Paused,
                    store.Revision,
                    clock.GetUtcNow()
                )
            );
        }
        return Nothing.Done;
    }
}

internal static class PauseStoreEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapPut("/api/stores/{id:guid}/pause", PauseAsync))
            .WithName("PauseStore")
            .WithSummary("The store takes no orders until it resumes.");
        Describe(routes.MapPut("/api/stores/{id:guid}/resume", ResumeAsync))
            .WithName("ResumeStore")
            .WithSummary("The store takes orders again, within its hours.");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) =>
        endpoint
            .RequireRole(Roles.Store)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static Task<IResult> PauseAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => SendAsync(new PauseStore(id, caller, Paused: true), sender, cancellationToken);

    private static Task<IResult> ResumeAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => SendAsync(new PauseStore(id, caller, Paused: false), sender, cancellationToken);

    private static async Task<IResult> SendAsync(
        PauseStore command,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(command, cancellationToken)).ToHttp();
}
