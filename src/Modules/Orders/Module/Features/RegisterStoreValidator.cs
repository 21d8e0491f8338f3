using FluentValidation;
using Orders.Domain;

namespace Orders.Features;

/// <summary>What must hold of a store before anyone can order from it.</summary>
internal sealed class RegisterStoreValidator : AbstractValidator<RegisterStore>
{
    private const decimal HighestPrice = 1_000_000_000;

    public RegisterStoreValidator()
    {
        RuleFor(store => store.StoreId).NotEqual(Guid.Empty);
        RuleFor(store => store.Name).NotEmpty().MaximumLength(100).PlainText();
        RuleFor(store => store.Description).MaximumLength(300).PlainText();
        RuleFor(store => store.Address).NotEmpty().MaximumLength(200).PlainText();
        RuleFor(store => store.Latitude).NotNull().InclusiveBetween(-90, 90);
        RuleFor(store => store.Longitude).NotNull().InclusiveBetween(-180, 180);
        RuleFor(store => store.Currency)
            .NotNull()
            .Matches("^[A-Z]{3}$")
            .WithMessage("The currency must be an ISO 4217 code such as KRW.");
        RuleFor(store => store.Minimum).NotNull().InclusiveBetween(0, HighestPrice);
        RuleFor(store => store.TimeZone)
            .Must(zone => zone is not null && OpeningHours.Knows(zone))
            .WithMessage("The time zone must be a known name such as Asia/Seoul.");
        RuleFor(store => store.Hours).NotNull().Must(hours => hours is null || hours.Count <= 50);
        RuleForEach(store => store.Hours).NotNull();
        RuleFor(store => store.Delivery).NotNull();
        RuleFor(store => store.Delivery).ChildRules(Delivery);
        RuleFor(store => store.Menu).NotEmpty().Must(menu => menu is null || menu.Count <= 500);
        RuleForEach(store => store.Menu).NotNull().ChildRules(Item);
    }

    private static void Delivery(InlineValidator<RegisterStore.DeliveryBody?> delivery)
    {
        delivery
            .RuleFor(terms => terms!.RadiusMetres)
            .GreaterThan(0)
            .LessThanOrEqualTo(Store.LongestRadiusMetres);
        delivery.RuleFor(terms => terms!.BaseFee).InclusiveBetween(0, HighestPrice);
        delivery.RuleFor(terms => terms!.FreeFrom).InclusiveBetween(0, HighestPrice);
        delivery
            .RuleForEach(terms => terms!.Bands)
            .NotNull()
            .ChildRules(band =>
            {
                band.RuleFor(step => step.FromMetres).InclusiveBetween(0, Store.LongestRadiusMetres);
                band.RuleFor(step => step.Surcharge).InclusiveBetween(0, HighestPrice);
            });
    }

    private static void Item(InlineValidator<RegisterStore.ItemBody> item)
    {
        item.RuleFor(row => row.Section).MaximumLength(50).PlainText();
        item.RuleFor(row => row.Name).NotEmpty().MaximumLength(100).PlainText();
        item.RuleFor(row => row.Description).MaximumLength(300).PlainText();
        item.RuleFor(row => row.Price).InclusiveBetween(0, HighestPrice);
        item.RuleForEach(row => row.OptionGroups).NotNull().ChildRules(Group);
    }

    private static void Group(InlineValidator<RegisterStore.GroupBody> group)
    {
        group.RuleFor(row => row.Name).NotEmpty().MaximumLength(100).PlainText();
        group.RuleFor(row => row.Options).NotEmpty();
        group.RuleFor(row => row.Minimum).GreaterThanOrEqualTo(0);
        group
            .RuleFor(row => row.Maximum)
            .GreaterThanOrEqualTo(row => Math.Max(1, row.Minimum))
            .LessThanOrEqualTo(row => row.Options == null ? int.MaxValue : row.Options.Count);
        group
            .RuleForEach(row => row.Options)
            .NotNull()
            .ChildRules(option =>
            {
                option.RuleFor(row => row.Name).NotEmpty().MaximumLength(100).PlainText();
                option.RuleFor(row => row.Price).InclusiveBetween(0, HighestPrice);
            });
    }
}
