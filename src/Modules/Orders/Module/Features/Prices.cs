using Platform.Domain;

namespace Orders.Features;

/// <summary>Amounts that somebody wrote down, each held against the smallest step of the store's currency.</summary>
internal sealed class Prices(string currency)
{
    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);

    /// <summary>The fields whose amounts nobody can pay, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> Refused => _refused;

    /// <summary>The refusal of those fields; null when there is none.</summary>
    public Error? Refusal =>
        _refused.Count == 0
            ? null
            : Error.Invalid("validation_failed", "Some fields are wrong; see 'errors'.") with
            {
                Fields = _refused.ToDictionary(refused => refused.Key, refused => new[] { refused.Value }),
            };

    public Prices And(string field, decimal? amount)
    {
        if (amount is { } price && !Currencies.CanPay(price, currency))
            _refused[field] = Currencies.DecimalsOf(currency) is var decimals and > 0
                ? $"{currency} has {decimals} digits behind the point at most."
                : $"{currency} has no digits behind the point.";
        return this;
    }

    /// <summary>An item's price and those of its options.</summary>
    /// <param name="item">What may be incomplete: others say so.</param>
    /// <param name="path">Where it is, with a full stop at its end.</param>
    public Prices And(MenuItemBody? item, string path = "")
    {
        And($"{path}price", item?.Price);
        foreach (var (group, place) in Each(item?.OptionGroups, MenuItemRules.MostGroups))
        {
            foreach (var (option, row) in Each(group?.Options, MenuItemRules.MostOptions))
                And($"{path}optionGroups[{place}].options[{row}].price", option?.Price);
        }
        return this;
    }

    private static IEnumerable<(T Item, int Place)> Each<T>(IReadOnlyList<T>? items, int most) =>
        (items ?? []).Take(most).Select((item, place) => (item, place));
}
