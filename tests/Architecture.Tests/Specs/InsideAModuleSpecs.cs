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
                "Wobbles.Domain.Misplace",
                "Wobbles.Domain.MisplacedHandler",
                "Wobbles.Domain.MisplacedHandler.Handle",
                "Wobbles.Domain.Wobble",
                "Wobbles.Domain.Wobble.Logging",
                "Wobbles.Domain.WobbleRules",
            ]);

    [Fact]
    public void A_domain_that_takes_no_more_than_a_constant_from_outside_is_reported() =>
        Fixtures
            .BreachesOf<DomainNamesNoFramework>()
            .ShouldContain("Wobbles/Domain/Wobble.cs: names Wobbles.Features; the domain is plain C#.");

    [Fact]
    public void Sources_of_the_domain_that_name_frameworks_are_reported() =>
        Fixtures
            .PlacesOf<DomainNamesNoFramework>()
            .Distinct(StringComparer.Ordinal)
            .ShouldBe(["Wobbles/Domain/MisplacedHandler.cs", "Wobbles/Domain/Wobble.cs"]);

    [Fact]
    public void Public_types_beyond_records_front_door_and_event_handlers_are_reported() =>
        Fixtures
            .PlacesOf<PublicTypesArePromises>()
            .ShouldBe([
                "Wobbles.Contracts.WobbleMath",
                "Wobbles.Domain.Limits",
                "Wobbles.Features.SpendWobble",
                "Wobbles.Features.SpendWobbleHandler",
                "Wobbles.Integration.TierLedger",
            ]);

    [Fact]
    public void A_class_left_open_is_reported_but_not_one_that_others_derive_from() =>
        Fixtures
            .PlacesOf<ClassesAreSealed>()
            .ShouldBe(["Wobbles.Contracts.WobbleSpent", "Wobbles.Features.Unsealed"]);

    [Fact]
    public void A_namespace_that_does_not_follow_its_folder_or_is_missing_is_reported() =>
        Fixtures
            .PlacesOf<NamespacesFollowFolders>()
            .ShouldBe(["Broken.Host/Rules.cs", "Wobbles/Features/Astray.cs", "Wobbles/Features/Homeless.cs"]);

    [Fact]
    public void Endpoints_that_are_lambdas_closures_or_unknown_delegates_are_reported_but_not_method_groups() =>
        Fixtures
            .PlacesOf<EndpointsAreMethodGroups>()
            .ShouldBe([
                "Wobbles.Features.SpendWobbleEndpoints.AsyncLambda",
                "Wobbles.Features.SpendWobbleEndpoints.Closure",
                "Wobbles.Features.SpendWobbleEndpoints.Lambda",
                "Wobbles.Features.SpendWobbleEndpoints.LocalFunction",
                "Wobbles.Features.SpendWobbleEndpoints.RequestDelegate",
                "Wobbles.Features.SpendWobbleEndpoints.Variable",
            ]);

    [Fact]
    public void Handlers_outside_their_rooms_or_with_the_wrong_visibility_are_reported() =>
        Fixtures
            .PlacesOf<HandlersLiveInTheirRooms>()
            .ShouldBe([
                "Wobbles.Domain.MisplacedHandler",
                "Wobbles.Features.SpendWobbleHandler",
                "Wobbles.Features.TierWatcher",
                "Wobbles.Integration.TwofoldHandler",
                "Wobbles.Integration.UnseenHandler",
            ]);

    [Fact]
    public void The_wall_clock_and_random_ids_are_reported_from_fields_method_groups_and_async_lambdas() =>
        Fixtures
            .BreachesOf<TimeComesFromTheProvider>()
            .ShouldBe([
                "Wobbles.Features.Clocks: takes Guid.NewGuid; take the time from TimeProvider.",
                "Wobbles.Features.Clocks.AsyncLambda: takes DateTime.UtcNow; take the time from TimeProvider.",
                "Wobbles.Features.Clocks.HiddenClock: takes Guid.CreateVersion7; take the time from TimeProvider.",
                "Wobbles.Features.Clocks.MethodGroup: takes Guid.NewGuid; take the time from TimeProvider.",
                "Wobbles.Features.Clocks.Shortcut: takes TimeProvider.System; take the time from TimeProvider.",
                "Wobbles.Features.Clocks.Wall: takes DateTime.Now; take the time from TimeProvider.",
                "Wobbles.Features.Clocks.get_Utc: takes DateTimeOffset.UtcNow; take the time from TimeProvider.",
            ]);

    [Fact]
    [Trait("Fault", "G8")]
    public void A_lambda_is_reported_under_the_name_of_the_call_that_its_author_wrote() =>
        Fixtures
            .BreachesOf<EndpointsAreMethodGroups>()
            .ShouldContain(
                "Wobbles.Features.SpendWobbleEndpoints.Lambda: passes MapGet a lambda or local function; "
                    + "give the endpoint a method."
            );
}
