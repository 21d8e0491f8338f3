using FluentValidation;
using Orders.Domain;

namespace Orders.Features;

/// <summary>What must hold of a store before anyone can order from it.</summary>
internal sealed class RegisterStoreValidator : AbstractValidator<RegisterStore>
{
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
        RuleFor(store => store.Minimum).NotNull().InclusiveBetween(0, MenuItemRules.HighestPrice);
        RuleFor(store => store.TimeZone)
            .Must(zone => zone is not null && OpeningHours.Knows(zone))
            .WithMessage("The time zone must be a known name such as Asia/Seoul.");
        RuleFor(store => store.Hours)
            .NotNull()
            .Must(hours => hours is null || hours.Count <= OpeningHours.MostSpans);
        RuleForEach(store => store.Hours).NotNull();
        RuleFor(store => store.Delivery).NotNull();
        RuleFor(store => store.Delivery).ChildRules(Delivery);
        RuleFor(store => store.Menu)
            .NotEmpty()
            .Must(menu => menu is null || menu.Count <= Orders.Domain.Menu.MostItems);
        RuleForEach(store => store.Menu).NotNull().SetValidator(new MenuItemRules());
    }

    private static void Delivery(InlineValidator<RegisterStore.DeliveryBody?> delivery)
    {
        delivery
            .RuleFor(terms => terms!.RadiusMetres)
            .GreaterThan(0)
            .LessThanOrEqualTo(Store.LongestRadiusMetres);
        delivery.RuleFor(terms => terms!.BaseFee).InclusiveBetween(0, MenuItemRules.HighestPrice);
        delivery.RuleFor(terms => terms!.FreeFrom).InclusiveBetween(0, MenuItemRules.HighestPrice);
        delivery
            .RuleForEach(terms => terms!.Bands)
            .NotNull()
            .ChildRules(band =>
            {
                band.RuleFor(step => step.FromMetres).InclusiveBetween(0, Store.LongestRadiusMetres);
                band.RuleFor(step => step.Surcharge).InclusiveBetween(0, MenuItemRules.HighestPrice);
            });
    }
}
