using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;

namespace Orders.Features;

/// <summary>One item of a basket as a client sends it.</summary>
internal sealed record BasketItem(
    Guid? MenuItemId,
    int? Quantity,
    [property: MaxLength(BasketSizes.MostOptions)] IReadOnlyList<Guid>? OptionIds
);

/// <summary>What a basket may hold before anybody looks into it; what an order may have is configured, within this.</summary>
internal static class BasketSizes
{
    public const int MostItems = 200;

    /// <summary>More options than any menu has.</summary>
    public const int MostOptions = 100;
}

/// <summary>Where to, as a client sends it.</summary>
internal sealed record BasketAddress(string? Line, double? Latitude, double? Longitude);

/// <summary>What asking for a price and placing have in common.</summary>
internal interface IBasket
{
    Guid? StoreId { get; }

    IReadOnlyList<BasketItem?>? Items { get; }

    BasketAddress? Address { get; }
}

/// <summary>What must hold for any basket, whatever the store.</summary>
internal abstract class BasketRules<T> : AbstractValidator<T>
    where T : IBasket
{
    protected BasketRules()
    {
        RuleFor(basket => basket.StoreId).NotEmpty();
        RuleFor(basket => basket.Items)
            .NotEmpty()
            .Must(items => items is null || items.Count <= BasketSizes.MostItems)
            .WithMessage($"At most {BasketSizes.MostItems} items.");
        When(
            basket => basket.Items is { Count: <= BasketSizes.MostItems },
            () =>
                RuleForEach(basket => basket.Items)
                    .NotNull()
                    .ChildRules(item =>
                    {
                        item.RuleFor(row => row!.MenuItemId).NotEmpty();
                        item.RuleFor(row => row!.Quantity).NotNull().GreaterThan(0);
                        item.RuleFor(row => row!.OptionIds)
                            .Must(options => options is null || options.Count <= BasketSizes.MostOptions)
                            .WithMessage($"At most {BasketSizes.MostOptions} options.");
                    })
        );
        RuleFor(basket => basket.Address).NotNull();
        RuleFor(basket => basket.Address)
            .ChildRules(address =>
            {
                address.RuleFor(row => row!.Line).IsRequiredLine(200);
                address.RuleFor(row => row!.Latitude).NotNull().InclusiveBetween(-90, 90);
                address.RuleFor(row => row!.Longitude).NotNull().InclusiveBetween(-180, 180);
            });
    }
}

/// <summary>A valid basket in the domain's own terms.</summary>
internal static class BasketReading
{
    public static IReadOnlyList<Selection> Selections(this IBasket basket) =>
        [
            .. basket.Items!.Select(item => new Selection(
                item!.MenuItemId!.Value,
                item.Quantity!.Value,
                item.OptionIds ?? []
            )),
        ];

    public static DeliveryAddress DropOff(this IBasket basket) =>
        new(
            PlainText.Tidy(basket.Address!.Line),
            new GeoPoint(basket.Address.Latitude!.Value, basket.Address.Longitude!.Value)
        );
}
