using Platform.Domain;

namespace Orders.Domain;

/// <summary>What a customer wants of one item.</summary>
internal sealed record Selection(Guid MenuItemId, int Quantity, IReadOnlyList<Guid> OptionIds);

/// <summary>What a store sells now. Orders copy from it and never look back.</summary>
internal sealed class Menu : IAggregateRoot
{
    /// <summary>More than any menu has, and little enough to be read whole.</summary>
    public const int MostItems = 500;

    public static readonly Error NoSuchItem = Error.NotFound(
        "menu_item_not_found",
        "The menu has no such item."
    );

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
            return NoSuchItem;
        Items = [.. Items.Select(item => item.MenuItemId == menuItemId ? item.Become(available) : item)];
        return Result.Done;
    }

    /// <summary>Puts another item on the menu, behind the others.</summary>
    public Result Add(MenuItem item)
    {
        if (Items.Count >= MostItems)
            return Error.Refused("menu_full", $"A menu has {MostItems} items at most.");
        if (NameIsTaken(item))
            return ItemExists(item);
        Items = [.. Items, item];
        return Result.Done;
    }

    /// <summary>Writes an item anew. Whether it is sold out stays as it is: that is said apart.</summary>
    public Result<MenuItem> Change(MenuItem item)
    {
        if (Items.FirstOrDefault(each => each.MenuItemId == item.MenuItemId) is not { } before)
            return NoSuchItem;
        if (NameIsTaken(item))
            return ItemExists(item);
        var changed = item.InPlaceOf(before);
        Items = [.. Items.Select(each => each.MenuItemId == item.MenuItemId ? changed : each)];
        return changed;
    }

    /// <summary>Takes an item off the menu. Orders that have it keep what they copied.</summary>
    public Result Remove(Guid menuItemId)
    {
        if (!Items.Any(item => item.MenuItemId == menuItemId))
            return NoSuchItem;
        if (Items.Count == 1)
            return Error.Refused(
                "last_item",
                "A menu has one item at least. Mark it as sold out, or pause the store."
            );
        Items = [.. Items.Where(item => item.MenuItemId != menuItemId)];
        return Result.Done;
    }

    /// <summary>Two dishes of one name in one section cannot be told apart; it also makes adding twice adding once.</summary>
    private bool NameIsTaken(MenuItem item) =>
        Items.Any(each =>
            each.MenuItemId != item.MenuItemId
            && PlainText.KeyOf(each.Section) == PlainText.KeyOf(item.Section)
            && PlainText.KeyOf(each.Name) == PlainText.KeyOf(item.Name)
        );

    private static Error ItemExists(MenuItem item) =>
        Error.Conflict("menu_item_exists", $"{item.Name} is on the menu already.");
}
