using FluentValidation;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;

namespace Orders.Features;

/// <summary>What must hold of a store before anyone can order from it.</summary>
internal sealed class RegisterStoreValidator : AbstractValidator<RegisterStore>
{
    public RegisterStoreValidator()
    {
        RuleFor(store => store.StoreId).NotEqual(Guid.Empty);
        RuleFor(store => store.Name).IsRequiredLine(100);
        RuleFor(store => store.Description).IsText(300);
        RuleFor(store => store.Address).IsRequiredLine(200);
        RuleFor(store => store.Latitude).NotNull().InclusiveBetween(-90, 90);
        RuleFor(store => store.Longitude).NotNull().InclusiveBetween(-180, 180);
        RuleFor(store => store.Currency)
            .NotNull()
            .Must(code => code is null || Currencies.Knows(code))
            .WithMessage("The currency must be an ISO 4217 code such as KRW.");
        RuleFor(store => store.Minimum).NotNull().InclusiveBetween(0, MenuItemRules.HighestPrice);
        RuleFor(store => store.TimeZone)
            .Must(zone => zone is not null && OpeningHours.Knows(zone))
            .WithMessage("The time zone must be a known name such as Asia/Seoul.");
        RuleFor(store => store.Hours)
            .NotNull()
            .Must(hours => hours is null || hours.Count <= OpeningHours.MostSpans);
        When(
            store => store.Hours is { Count: <= OpeningHours.MostSpans },
            () => RuleForEach(store => store.Hours).NotNull()
        );
        RuleFor(store => store.Delivery).NotNull();
        RuleFor(store => store.Delivery).ChildRules(Delivery);
        RuleFor(store => store.Menu)
            .NotEmpty()
            .Must(menu => menu is null || menu.Count <= Orders.Domain.Menu.MostItems);
        When(
            store => store.Menu is { Count: <= Orders.Domain.Menu.MostItems },
            () =>
            {
                RuleForEach(store => store.Menu).NotNull().SetValidator(new MenuItemRules());
                RuleFor(store => store.Menu)
                    .Must(menu => NamedTwice(menu!) is null)
                    .WithMessage(store =>
                        $"Two items of one section are called {NamedTwice(store.Menu!)}: they could not be told apart."
                    );
            }
        );
        RuleFor(store => store).Custom(AmountsCanBePaid);
    }

    private static string? NamedTwice(IReadOnlyList<MenuItemBody?> menu) =>
        menu.Where(item => item?.Name is not null)
            .GroupBy(item => (PlainText.KeyOf(item!.Section ?? ""), PlainText.KeyOf(item.Name!)))
            .FirstOrDefault(same => same.Skip(1).Any())
            ?.First()
            ?.Name;

    /// <summary>Every amount is one that the store's currency has.</summary>
    private static void AmountsCanBePaid(RegisterStore store, ValidationContext<RegisterStore> context)
    {
        if (store.Currency is not { } currency || !Currencies.Knows(currency))
            return;
        var prices = new Prices(currency).And("minimum", store.Minimum);
        if (store.Delivery is { } delivery)
        {
            prices.And("delivery.baseFee", delivery.BaseFee).And("delivery.freeFrom", delivery.FreeFrom);
            foreach (
                var (band, place) in (delivery.Bands ?? [])
                    .Take(DeliveryTerms.MostBands)
                    .Select((band, place) => (band, place))
            )
                prices.And($"delivery.bands[{place}].surcharge", band?.Surcharge);
        }
        foreach (
            var (item, place) in (store.Menu ?? [])
                .Take(Orders.Domain.Menu.MostItems)
                .Select((item, place) => (item, place))
        )
            prices.And(item, $"menu[{place}].");
        foreach (var (field, sentence) in prices.Refused)
            context.AddFailure(field, sentence);
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
            .RuleFor(terms => terms!.Bands)
            .Must(bands => bands is null || bands.Count <= DeliveryTerms.MostBands)
            .WithMessage($"At most {DeliveryTerms.MostBands} bands.");
        delivery.When(
            terms => terms?.Bands is { Count: <= DeliveryTerms.MostBands },
            () =>
                delivery
                    .RuleForEach(terms => terms!.Bands)
                    .NotNull()
                    .ChildRules(band =>
                    {
                        band.RuleFor(step => step.FromMetres).InclusiveBetween(0, Store.LongestRadiusMetres);
                        band.RuleFor(step => step.Surcharge).InclusiveBetween(0, MenuItemRules.HighestPrice);
                    })
        );
    }
}
