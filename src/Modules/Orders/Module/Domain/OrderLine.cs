using Platform.Domain;

namespace Orders.Domain;

/// <summary>A chosen option as it was called and priced when the order was placed.</summary>
internal sealed record LineOption(Guid OptionId, string Group, string Name, Money Price);

/// <summary>
/// An item as it was called and priced when the order was placed. It repeats the menu on purpose: what was
/// bought must not change when the menu does.
/// </summary>
internal sealed record OrderLine(
    Guid MenuItemId,
    string Name,
    Money UnitPrice,
    int Quantity,
    IReadOnlyList<LineOption> Options
)
{
    /// <summary>The item with its options, times the quantity.</summary>
    public Money Total() => Options.Aggregate(UnitPrice, (price, option) => price + option.Price) * Quantity;
}
