using Platform.Domain;

namespace Orders.Domain;

/// <summary>One choice within a group, such as "extra cheese".</summary>
internal sealed record MenuOption(Guid OptionId, string Name, Money Price);

/// <summary>Choices of one sort, of which a customer takes at least so many and at most so many.</summary>
internal sealed record OptionGroup(string Name, int Minimum, int Maximum, IReadOnlyList<MenuOption> Options)
{
    public Result TakesThisMany(int chosen) =>
        chosen < Minimum ? Mismatch($"\"{Name}\" needs at least {Minimum}.")
        : chosen > Maximum ? Mismatch($"\"{Name}\" allows at most {Maximum}.")
        : Result.Done;

    private static Error Mismatch(string message) => Error.Refused("option_mismatch", message);
}

/// <summary>Something to eat or drink, with its choices.</summary>
internal sealed record MenuItem(
    Guid MenuItemId,
    string Section,
    string Name,
    string Description,
    Money Price,
    bool Available,
    IReadOnlyList<OptionGroup> OptionGroups
)
{
    public MenuItem Become(bool available) => this with { Available = available };

    /// <summary>
    /// This in place of another. An option that keeps its group and its name keeps its id, so that baskets with it
    /// still fit.
    /// </summary>
    public MenuItem InPlaceOf(MenuItem before)
    {
        var ids = before
            .OptionGroups.SelectMany(group =>
                group.Options.Select(option => (Key: KeyOf(group, option), option.OptionId))
            )
            .DistinctBy(known => known.Key)
            .ToDictionary(known => known.Key, known => known.OptionId);
        return this with
        {
            Available = before.Available,
            OptionGroups =
            [
                .. OptionGroups.Select(group =>
                    group with
                    {
                        Options =
                        [
                            .. group.Options.Select(option =>
                                ids.Remove(KeyOf(group, option), out var id)
                                    ? option with
                                    {
                                        OptionId = id,
                                    }
                                    : option
                            ),
                        ],
                    }
                ),
            ],
        };
    }

    private static (string Group, string Option) KeyOf(OptionGroup group, MenuOption option) =>
        (PlainText.KeyOf(group.Name), PlainText.KeyOf(option.Name));

    internal Result<OrderLine> LineFor(Selection selection)
    {
        if (!Available)
            return Error.Refused("sold_out", $"{Name} is sold out.");

        var wanted = selection.OptionIds.ToHashSet();
        if (wanted.Count != selection.OptionIds.Count)
            return Error.Refused("option_mismatch", $"An option of {Name} is chosen twice.");

        var chosen = new List<LineOption>();
        foreach (var group in OptionGroups)
        {
            var ofGroup = group.Options.Where(option => wanted.Remove(option.OptionId)).ToList();
            if (group.TakesThisMany(ofGroup.Count) is { IsDone: false } refused)
                return refused.Error;
            chosen.AddRange(
                ofGroup.Select(option => new LineOption(
                    option.OptionId,
                    group.Name,
                    option.Name,
                    option.Price
                ))
            );
        }

        return wanted.Count > 0
            ? Error.Refused("unknown_option", $"{Name} has no option {wanted.First()}.")
            : new OrderLine(MenuItemId, Name, Price, selection.Quantity, chosen);
    }
}
