using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>
/// A store writes an item of its menu anew: whatever is left out is gone. Two items at once are no quarrel, so it
/// retries.
/// </summary>
internal sealed record ChangeMenuItem(Guid StoreId, Guid MenuItemId, Caller Caller, MenuItemBody Item)
    : ICommand<MenuItem>,
        IRetryOnConflict;

internal sealed class ChangeMenuItemValidator : AbstractValidator<ChangeMenuItem>
{
    public ChangeMenuItemValidator() =>
        RuleFor(command => command.Item).SetValidator(new MenuItemRules()).OverridePropertyName("");
}

internal sealed class ChangeMenuItemHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<ChangeMenuItem, MenuItem>
{
    public async Task<Result<MenuItem>> Handle(ChangeMenuItem command, CancellationToken cancellationToken)
    {
        var kept = await database.FindKeptMenuAsync(command.StoreId, command.Caller, cancellationToken);
        if (!kept.IsDone)
            return kept.Error;
        if (new Prices(kept.Value.Currency).And(command.Item).Refusal is { } unpayable)
            return unpayable;
        return kept.Value.Menu.Change(
            command.Item.ToItem(kept.Value.Currency, clock.GetUtcNow(), command.MenuItemId)
        );
    }
}

internal static class ChangeMenuItemEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/api/stores/{id:guid}/menu-items/{menuItemId:guid}", ChangeAsync)
            .RequireRole(Roles.Store)
            .WithName("ChangeMenuItem")
            .WithSummary("Writes an item of the menu anew; options that keep group and name keep their ids.")
            .Produces<MenuItem>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> ChangeAsync(
        Guid id,
        Guid menuItemId,
        MenuItemBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new ChangeMenuItem(id, menuItemId, caller, body);
        return (await sender.SendAsync(command, cancellationToken)).ToHttp();
    }
}
