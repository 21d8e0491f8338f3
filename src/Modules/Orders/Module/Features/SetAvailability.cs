using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>An item is sold out, or is back. Two items of one menu at once are no quarrel, so it retries.</summary>
internal sealed record SetAvailability(Guid StoreId, Guid MenuItemId, Caller Caller, bool? Available)
    : ICommand<Nothing>,
        IRetryOnConflict;

internal sealed class SetAvailabilityValidator : AbstractValidator<SetAvailability>
{
    public SetAvailabilityValidator() => RuleFor(command => command.Available).NotNull();
}

internal sealed class SetAvailabilityHandler(OrdersDbContext database)
    : ICommandHandler<SetAvailability, Nothing>
{
    public async Task<Result<Nothing>> Handle(SetAvailability command, CancellationToken cancellationToken)
    {
        var menu = await database.Menus.SingleOrDefaultAsync(
            row => row.StoreId == command.StoreId,
            cancellationToken
        );
        if (menu is null)
            return StoreView.NotFound;
        if (!command.Caller.Keeps(menu.StoreId))
            return StoreAccess.NotYours;
        var set = menu.SetAvailability(command.MenuItemId, command.Available!.Value);
        return set.IsDone ? Nothing.Done : set.Error;
    }
}

internal sealed record SetAvailabilityBody(bool? Available);

internal static class SetAvailabilityEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/api/stores/{id:guid}/menu-items/{menuItemId:guid}/availability", SetAsync)
            .RequireRole(Roles.Store)
            .WithName("SetAvailability")
            .WithSummary("An item of the menu is sold out, or is back.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> SetAsync(
        Guid id,
        Guid menuItemId,
        SetAvailabilityBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new SetAvailability(id, menuItemId, caller, body.Available);
        return (await sender.SendAsync(command, cancellationToken)).ToHttp();
    }
}
