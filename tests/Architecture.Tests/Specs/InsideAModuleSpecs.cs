using Architecture.Tests.Rules;

namespace Architecture.Tests.Specs;

public sealed class InsideAModuleSpecs
{
    [Fact]
    public void A_domain_that_uses_frameworks_is_reported_with_its_attributes_base_classes_and_async_lambdas() =>
        Fixtures
            .PlacesOf<DomainIsPure>()
            .Distinct(StringComparer.Ordinal)
            .ShouldBe([
                "Vouchers.Domain.Misplace",
                "Vouchers.Domain.MisplacedHandler",
                "Vouchers.Domain.MisplacedHandler.Handle",
                "Vouchers.Domain.Voucher",
                "Vouchers.Domain.Voucher.Logging",
                "Vouchers.Domain.VoucherRules",
            ]);

    [Fact]
    public void A_domain_that_takes_no_more_than_a_constant_from_outside_is_reported() =>
        Fixtures
            .BreachesOf<DomainNamesNoFramework>()
            .ShouldContain("Vouchers/Domain/Voucher.cs: names Vouchers.Features; the domain is plain C#.");

    [Fact]
    public void Sources_of_the_domain_that_name_frameworks_are_reported() =>
        Fixtures
            .PlacesOf<DomainNamesNoFramework>()
            .Distinct(StringComparer.Ordinal)
            .ShouldBe(["Vouchers/Domain/MisplacedHandler.cs", "Vouchers/Domain/Voucher.cs"]);

    [Fact]
    public void Public_types_beyond_records_front_door_and_event_handlers_are_reported() =>
        Fixtures
            .PlacesOf<PublicTypesArePromises>()
            .ShouldBe([
                "Vouchers.Contracts.VoucherMath",
                "Vouchers.Domain.Limits",
                "Vouchers.Features.SpendVoucher",
                "Vouchers.Features.SpendVoucherHandler",
                "Vouchers.Integration.TierLedger",
            ]);

    [Fact]
    public void A_class_left_open_is_reported_but_not_one_that_others_derive_from() =>
        Fixtures
            .PlacesOf<ClassesAreSealed>()
            .ShouldBe(["Vouchers.Contracts.VoucherSpent", "Vouchers.Features.Unsealed"]);

    [Fact]
    public void A_namespace_that_does_not_follow_its_folder_or_is_missing_is_reported() =>
        Fixtures
            .PlacesOf<NamespacesFollowFolders>()
            .ShouldBe([
                "Broken.Host/Rules.cs",
                "Vouchers/Features/Astray.cs",
                "Vouchers/Features/Homeless.cs",
            ]);

    [Fact]
    public void Endpoints_that_are_lambdas_closures_or_unknown_delegates_are_reported_but_not_method_groups() =>
        Fixtures
            .PlacesOf<EndpointsAreMethodGroups>()
            .ShouldBe([
                "Vouchers.Features.SpendVoucherEndpoints.AsyncLambda",
                "Vouchers.Features.SpendVoucherEndpoints.Closure",
                "Vouchers.Features.SpendVoucherEndpoints.Lambda",
                "Vouchers.Features.SpendVoucherEndpoints.LocalFunction",
                "Vouchers.Features.SpendVoucherEndpoints.RequestDelegate",
                "Vouchers.Features.SpendVoucherEndpoints.Variable",
            ]);

    [Fact]
    public void Handlers_outside_their_rooms_or_with_the_wrong_visibility_are_reported() =>
        Fixtures
            .PlacesOf<HandlersLiveInTheirRooms>()
            .ShouldBe([
                "Vouchers.Domain.MisplacedHandler",
                "Vouchers.Features.SpendVoucherHandler",
                "Vouchers.Features.TierWatcher",
                "Vouchers.Integration.TwofoldHandler",
                "Vouchers.Integration.UnseenHandler",
            ]);

    [Fact]
    public void The_wall_clock_and_random_ids_are_reported_from_fields_method_groups_and_async_lambdas() =>
        Fixtures
            .BreachesOf<TimeComesFromTheProvider>()
            .ShouldBe([
                "Vouchers.Features.Clocks: takes Guid.NewGuid; take the time from TimeProvider.",
                "Vouchers.Features.Clocks.AsyncLambda: takes DateTime.UtcNow; take the time from TimeProvider.",
                "Vouchers.Features.Clocks.HiddenClock: takes Guid.CreateVersion7; take the time from TimeProvider.",
                "Vouchers.Features.Clocks.MethodGroup: takes Guid.NewGuid; take the time from TimeProvider.",
                "Vouchers.Features.Clocks.Shortcut: takes TimeProvider.System; take the time from TimeProvider.",
                "Vouchers.Features.Clocks.Wall: takes DateTime.Now; take the time from TimeProvider.",
                "Vouchers.Features.Clocks.get_Utc: takes DateTimeOffset.UtcNow; take the time from TimeProvider.",
            ]);
}
