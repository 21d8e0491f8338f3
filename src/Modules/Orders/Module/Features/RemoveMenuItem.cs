using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Data;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>A store takes an item off its menu for good; <see cref="SetAvailability"/> does so for today.</summary>
internal sealed record RemoveMenuItem(Guid StoreId, Guid MenuItemId, Caller Caller)
    : ICommand<Nothing>,
        IRetryOnConflict;

internal sealed class RemoveMenuItemHandler(OrdersDbContext database)
    : ICommandHandler<RemoveMenuItem, Nothing>
{
    public async Task<Result<Nothing>> Handle(RemoveMenuItem command, CancellationToken cancellationToken)
    {
        var kept = await database.FindKeptMenuAsync(command.StoreId, command.Caller, cancellationToken);
        if (!kept.IsDone)
            return kept.Error;
        var removed = kept.Value.Menu.Remove(command.MenuItemId);
        return removed.IsDone ? Nothing.Done : removed.Error;
    }
}

internal static class RemoveMenuItemEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("/api/stores/{id:guid}/menu-items/{menuItemId:guid}", RemoveAsync)
            .RequireRole(Roles.Store)
            .WithName("RemoveMenuItem")
            .WithSummary("Takes an item off the menu.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> RemoveAsync(
        Guid id,
        Guid menuItemId,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new RemoveMenuItem(id, menuItemId, caller), cancellationToken)).ToHttp();
}
