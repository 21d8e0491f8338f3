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

/// <summary>A store puts something new on its menu.</summary>
internal sealed record AddMenuItem(Guid StoreId, Caller Caller, MenuItemBody Item)
    : ICommand<MenuItem>,
        IRetryOnConflict;

internal sealed class AddMenuItemValidator : AbstractValidator<AddMenuItem>
{
    public AddMenuItemValidator() =>
        RuleFor(command => command.Item).SetValidator(new MenuItemRules()).OverridePropertyName("");
}

internal sealed class AddMenuItemHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<AddMenuItem, MenuItem>
{
    public async Task<Result<MenuItem>> Handle(AddMenuItem command, CancellationToken cancellationToken)
    {
        var kept = await database.FindKeptMenuAsync(command.StoreId, command.Caller, cancellationToken);
        if (!kept.IsDone)
            return kept.Error;
        if (new Prices(kept.Value.Currency).And(command.Item).Refusal is { } unpayable)
            return unpayable;
        var item = command.Item.ToItem(kept.Value.Currency, clock.GetUtcNow());
        var added = kept.Value.Menu.Add(item);
        return added.IsDone ? item : added.Error;
    }
}

internal static class AddMenuItemEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/stores/{id:guid}/menu-items", AddAsync)
            .RequireRole(Roles.Store)
            .WithName("AddMenuItem")
            .WithSummary("Puts an item on the menu, with its groups of options.")
            .Produces<MenuItem>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> AddAsync(
        Guid id,
        MenuItemBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) =>
        (await sender.SendAsync(new AddMenuItem(id, caller, body), cancellationToken)).ToCreated(item =>
            $"/api/stores/{id}/menu-items/{item.MenuItemId}"
        );
}
