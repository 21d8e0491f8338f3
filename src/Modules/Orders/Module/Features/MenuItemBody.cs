using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;

namespace Orders.Features;

/// <summary>An item of a menu as its store writes it down. Amounts are numbers, in the store's currency.</summary>
internal sealed record MenuItemBody(
    string? Section,
    string? Name,
    string? Description,
    decimal? Price,
    [property: MaxLength(MenuItemRules.MostGroups)] IReadOnlyList<MenuItemBody.GroupBody>? OptionGroups
)
{
    public sealed record GroupBody(
        string? Name,
        int? Minimum,
        int? Maximum,
        [property: MaxLength(MenuItemRules.MostOptions)] IReadOnlyList<OptionBody>? Options
    );

    public sealed record OptionBody(string? Name, decimal? Price = 0);

    public MenuItem ToItem(string currency, DateTimeOffset now, Guid? menuItemId = null) =>
        new(
            menuItemId ?? Guid.CreateVersion7(now),
            PlainText.Tidy(Section),
            PlainText.Tidy(Name),
            PlainText.Tidy(Description),
            new Money(Price!.Value, currency),
            Available: true,
            [
                .. (OptionGroups ?? []).Select(group => new OptionGroup(
                    PlainText.Tidy(group.Name),
                    group.Minimum ?? 0,
                    group.Maximum!.Value,
                    [
                        .. group.Options!.Select(option => new MenuOption(
                            Guid.CreateVersion7(now),
                            PlainText.Tidy(option.Name),
                            new Money(option.Price!.Value, currency)
                        )),
                    ]
                )),
            ]
        );
}

/// <summary>What must hold of an item before anyone can choose from it.</summary>
internal sealed class MenuItemRules : AbstractValidator<MenuItemBody>
{
    public const decimal HighestPrice = 1_000_000_000;
    public const int MostGroups = 20;
    public const int MostOptions = 50;

    public MenuItemRules()
    {
        RuleFor(item => item.Section).IsLine(50);
        RuleFor(item => item.Name).IsRequiredLine(100);
        RuleFor(item => item.Description).IsText(300);
        RuleFor(item => item.Price).NotNull().InclusiveBetween(0, HighestPrice);
        RuleFor(item => item.OptionGroups)
            .Must(groups => groups is null || groups.Count <= MostGroups)
            .WithMessage($"An item has {MostGroups} groups of options at most.");
        When(
            item => item.OptionGroups is { Count: <= MostGroups },
            () => RuleForEach(item => item.OptionGroups).NotNull().ChildRules(Group)
        );
    }

    private static void Group(InlineValidator<MenuItemBody.GroupBody> group)
    {
        group.RuleFor(row => row.Name).IsRequiredLine(100);
        group
            .RuleFor(row => row.Options)
            .NotEmpty()
            .Must(options => options is null || options.Count <= MostOptions)
            .WithMessage($"A group has one option at least and {MostOptions} at most.");
        group.RuleFor(row => row.Minimum).GreaterThanOrEqualTo(0);
        group
            .RuleFor(row => row.Maximum)
            .NotNull()
            .GreaterThanOrEqualTo(row => Math.Max(1, row.Minimum ?? 0))
            .LessThanOrEqualTo(row => row.Options == null ? int.MaxValue : row.Options.Count);
        group.When(
            row => row.Options is { Count: <= MostOptions },
            () => group.RuleForEach(row => row.Options).NotNull().ChildRules(Option)
        );
    }

    private static void Option(InlineValidator<MenuItemBody.OptionBody> option)
    {
        option.RuleFor(row => row.Name).IsRequiredLine(100);
        option.RuleFor(row => row.Price).NotNull().InclusiveBetween(0, HighestPrice);
    }
}
