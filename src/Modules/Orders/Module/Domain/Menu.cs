using Platform.Domain;

namespace Orders.Domain;

/// <summary>What a customer wants of one item.</summary>
internal sealed record Selection(Guid MenuItemId, int Quantity, IReadOnlyList<Guid> OptionIds);

/// <summary>What a store sells now. Orders copy from it and never look back.</summary>
internal sealed class Menu : IAggregateRoot
{
    private Menu() { }

    public Guid StoreId { get; private init; }

    public IReadOnlyList<MenuItem> Items { get; private set; } = [];

    public static Menu Of(Guid storeId, IReadOnlyList<MenuItem> items) =>
        new() { StoreId = storeId, Items = items };

    /// <summary>The selection as a line with today's names and prices.</summary>
    public Result<OrderLine> LineFor(Selection selection) =>
        Items.FirstOrDefault(item => item.MenuItemId == selection.MenuItemId) is { } item
            ? item.LineFor(selection)
            : Error.Refused("unknown_item", $"The menu has no item {selection.MenuItemId}.");

    /// <summary>Marks an item as sold out, or as back.</summary>
    public Result SetAvailability(Guid menuItemId, bool available)
    {
        if (!Items.Any(item => item.MenuItemId == menuItemId))
            return Error.NotFound("menu_item_not_found", "The menu has no such item.");
        Items = [.. Items.Select(item => item.MenuItemId == menuItemId ? item.Become(available) : item)];
        return Result.Done;
    }
}
