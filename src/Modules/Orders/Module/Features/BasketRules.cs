using FluentValidation;
using Orders.Domain;
using Platform.Domain;

namespace Orders.Features;

/// <summary>One item of a basket as a client sends it.</summary>
internal sealed record BasketItem(Guid? MenuItemId, int? Quantity, IReadOnlyList<Guid>? OptionIds);

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
    /// <summary>More options than any menu has.</summary>
    private const int MostOptions = 100;

    protected BasketRules()
    {
        RuleFor(basket => basket.StoreId).NotEmpty();
        RuleFor(basket => basket.Items).NotEmpty();
        RuleForEach(basket => basket.Items)
            .NotNull()
            .ChildRules(item =>
            {
                item.RuleFor(row => row!.MenuItemId).NotEmpty();
                item.RuleFor(row => row!.Quantity).NotNull().GreaterThan(0);
                item.RuleFor(row => row!.OptionIds)
                    .Must(options => options is null || options.Count <= MostOptions)
                    .WithMessage($"At most {MostOptions} options.");
            });
        RuleFor(basket => basket.Address).NotNull();
        RuleFor(basket => basket.Address)
            .ChildRules(address =>
            {
                address.RuleFor(row => row!.Line).NotEmpty().MaximumLength(200).PlainText();
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
            basket.Address!.Line!.Trim(),
            new GeoPoint(basket.Address.Latitude!.Value, basket.Address.Longitude!.Value)
        );
}
