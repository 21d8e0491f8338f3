using Architecture.Tests.Rules;

namespace Architecture.Tests.Specs;

public sealed class EventSpecs
{
    [Fact]
    public void Events_that_can_change_or_cannot_travel_are_reported() =>
        Fixtures
            .BreachesOf<EventsAreImmutableRecords>()
            .Where(breach => breach.StartsWith("Wobbles.Contracts.WobbleSpent", StringComparison.Ordinal))
            .ShouldBe(
                [
                    "Wobbles.Contracts.WobbleSpent: is no sealed record.",
                    "Wobbles.Contracts.WobbleSpent: lets SpentBy be set after the fact; use init or none.",
                    "Wobbles.Contracts.WobbleSpent: has Notes of type List`1, which can change or does not travel.",
                    "Wobbles.Contracts.WobbleSpent: has SpentAt of type DateTime, which can change or does not travel.",
                    "Wobbles.Contracts.WobbleSpent: has field Count, which can change.",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void Contracts_that_are_neither_event_nor_part_of_one_are_reported() =>
        Fixtures
            .PlacesOf<EventsAreImmutableRecords>()
            .Distinct(StringComparer.Ordinal)
            .ShouldBe([
                "Wobbles.Contracts.Leftover",
                "Wobbles.Contracts.WobbleMath",
                "Wobbles.Contracts.WobbleSpent",
            ]);

    [Fact]
    public void Aliases_that_are_misspelt_variable_or_taken_are_reported() =>
        Fixtures
            .BreachesOf<AliasesAreStable>()
            .ShouldBe([
                "Wobbles.Contracts.WobbleLapsed: has alias 'Wobbles.WobbleLapsed' instead of 'wobbles.<what-happened>.v<number>'.",
                "Wobbles.Contracts.WobbleMoved: has an Alias that is no constant text.",
                "Wobbles.Contracts.WobbleReissued: has the alias 'wobbles.wobble-issued.v1' of Wobbles.Contracts.WobbleIssued.",
            ]);

    [Theory]
    [InlineData("wobbles.wobble-burnt.v1", "is gone", "Mumbles")]
    [InlineData(
        "wobbles.wobble-issued.v1 removed",
        "is gone, renamed to added",
        "Mumbles, Scoreboard (team-scores)"
    )]
    [InlineData(
        "wobbles.wobble-issued.v1 amount",
        "is integer (int32) instead of number (decimal)",
        "Mumbles"
    )]
    [InlineData("wobbles.wobble-issued.v1 added", "is new and must be there", "Mumbles")]
    public void A_change_that_breaks_listeners_names_them_and_asks_for_a_new_version(
        string place,
        string what,
        string listeners
    ) =>
        Fixtures
            .BreachesOf<EventsStayAsApproved>()
            .ShouldContain(
                $"{place}: {what}, which breaks {listeners}; leave it as it was and publish a new version (…v2) beside it."
            );

    [Fact]
    public void A_new_event_asks_to_be_approved_and_says_how() =>
        Fixtures
            .BreachesOf<EventsStayAsApproved>()
            .ShouldContain(
                "wobbles.wobble-spent.v1: is new, which breaks nobody; approve it by running scripts/write-contracts, which "
                    + "writes it to tests/Architecture.Fixtures/Broken/docs/contracts/wobbles/wobble-spent.v1.json."
            );

    [Fact]
    public void Nothing_but_what_differs_from_what_was_promised_is_reported() =>
        Fixtures
            .PlacesOf<EventsStayAsApproved>()
            .Where(place => place.StartsWith("wobbles.", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ShouldBe([
                "wobbles.wobble-burnt.v1",
                "wobbles.wobble-issued.v1 added",
                "wobbles.wobble-issued.v1 amount",
                "wobbles.wobble-issued.v1 removed",
                "wobbles.wobble-lent.v1 colour",
                "wobbles.wobble-spent.v1",
            ]);

    [Fact]
    public void Somebody_outside_who_reads_what_there_is_not_is_reported() =>
        Fixtures
            .BreachesOf<EventsStayAsApproved>()
            .ShouldContain(
                "wobbles.wobble-lent.v1 colour: is what Scoreboard (team-scores) says it reads, and the event has no such "
                    + "member; correct listeners.json."
            );

    [Fact]
    public void Subscriptions_declared_but_not_handled_and_handled_but_not_declared_are_reported() =>
        Fixtures
            .BreachesOf<SubscriptionsAreDeclared>()
            .ShouldBe(
                [
                    "Wobbles.Integration.TierReachedHandler: handles Mumbles.Contracts.TierReached, which WobblesModule does not declare.",
                    "Wobbles.Integration.TwofoldHandler: handles Mumbles.Contracts.TierLost, which WobblesModule does not declare.",
                    "Wobbles.Integration.TwofoldHandler: handles Mumbles.Contracts.TierReached, which WobblesModule does not declare.",
                    "Wobbles.Integration.UnseenHandler: handles Mumbles.Contracts.TierReached, which WobblesModule does not declare.",
                    "Wobbles.WobblesModule: declares Mumbles.Contracts.TierLost for Wobbles.Integration.TierReachedHandler, which does not handle it.",
                ],
                ignoreOrder: true
            );

    [Theory]
    [InlineData("issued", 1, "added")]
    [InlineData("lent", 1, "hint")]
    [InlineData("lost", 1, "Finder would be null")]
    [Trait("Fault", "G5")]
    [Trait("Fault", "S15")]
    public void A_member_that_was_added_without_a_default_is_reported_since_old_events_cannot_be_read(
        string what,
        int example,
        string reason
    ) =>
        Fixtures
            .BreachesOf<OldEventsAreRead>()
            .ShouldContain(breach =>
                breach.StartsWith(
                    $"wobbles.wobble-{what}.v1: cannot be read as it was written before (tests/Architecture.Fixtures/"
                        + $"Broken/docs/contracts/wobbles/wobble-{what}.v1.json, example {example}): ",
                    StringComparison.Ordinal
                ) && breach.Contains(reason, StringComparison.Ordinal)
            );

    [Fact]
    [Trait("Fault", "S15")]
    public void An_event_whose_present_shape_has_no_example_says_what_adds_it() =>
        Fixtures
            .BreachesOf<OldEventsAreRead>()
            .ShouldContain(
                "wobbles.wobble-spent.v1: has no example in tests/Architecture.Fixtures/Broken/docs/contracts/wobbles/"
                    + "wobble-spent.v1.json of what it looks like now; have scripts/write-contracts add it."
            );
}
