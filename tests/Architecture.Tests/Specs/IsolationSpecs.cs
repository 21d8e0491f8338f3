using Architecture.Tests.Rules;

namespace Architecture.Tests.Specs;

public sealed class IsolationSpecs
{
    [Fact]
    public void Code_of_another_module_is_reported_even_from_an_async_lambda() =>
        Fixtures
            .BreachesOf<ModulesAreIsolated>()
            .ShouldContain(
                "Wobbles: is compiled against Mumbles for Wobbles.Data.WobblesDbContext.ConfigureModel, "
                    + "Wobbles.Features.SpendWobbleEndpoints.AsyncLambda; listen to its events instead."
            );

    [Fact]
    public void Constants_and_nameof_of_another_module_are_reported_though_they_leave_no_trace_in_the_code() =>
        Fixtures
            .BreachesOf<ModulesAreIsolated>()
            .ShouldContain(
                "Babbles: is compiled against Wobbles, of which it uses constants or names at most; "
                    + "reference Wobbles.Contracts."
            );

    [Fact]
    public void Only_modules_that_reach_into_others_are_reported() =>
        Fixtures.PlacesOf<ModulesAreIsolated>().ShouldBe(["Babbles", "Wobbles"]);

    [Fact]
    public void A_type_of_another_module_named_for_reflection_is_reported_but_a_contract_is_not() =>
        Fixtures.PlacesOf<ModulesAreNotReachedByName>().ShouldBe(["Babbles.Domain.Peek.ByReflection"]);

    [Fact]
    public void Internals_opened_to_another_module_are_reported_but_not_to_the_modules_own_tests() =>
        Fixtures
            .BreachesOf<InternalsStayInternal>()
            .ShouldBe(["Mumbles: opens its internals to Wobbles; only Mumbles.Tests may look inside."]);

    [Fact]
    public void A_second_front_door_is_reported() =>
        Fixtures.PlacesOf<ModulesHaveOneFrontDoor>().ShouldBe(["Wobbles.SideDoor"]);

    [Fact]
    public void Contracts_that_need_a_package_or_other_contracts_are_reported() =>
        Fixtures
            .BreachesOf<ContractsDependOnNothing>()
            .ShouldBe(
                [
                    "Wobbles.Contracts: is compiled against FluentValidation; events are plain records.",
                    "Wobbles.Contracts: is compiled against Mumbles.Contracts; events are plain records.",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void A_platform_that_knows_a_module_by_a_constant_alone_is_reported() =>
        Fixtures
            .BreachesOf<PlatformKnowsNoModule>()
            .ShouldBe([
                "Broken.Platform: is compiled against Mumbles.Contracts; the platform serves every module and knows none.",
            ]);

    [Fact]
    public void A_host_with_rules_of_its_own_or_a_way_behind_the_front_doors_is_reported() =>
        Fixtures
            .PlacesOf<HostHoldsNoRule>()
            .ShouldBe([
                "Broken.Host.Basket",
                "Broken.Host.Composition.BackDoor",
                "Broken.Host.Composition.EventOf",
                "Broken.Host.FillBasketHandler",
                "Broken.Host.HostDbContext",
                "Mumbles.Squatter",
            ]);
}
