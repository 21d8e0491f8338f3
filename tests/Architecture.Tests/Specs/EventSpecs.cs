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
    [InlineData("wobbles.wobble-burnt.v1", "is gone")]
    [InlineData("wobbles.wobble-issued.v1 Removed", "is gone")]
    [InlineData("wobbles.wobble-issued.v1 Amount", "is int instead of decimal")]
    public void A_change_that_breaks_listeners_asks_for_a_new_version(string place, string what) =>
        Fixtures
            .BreachesOf<EventsStayAsApproved>()
            .ShouldContain(
                $"{place}: {what}, which breaks its listeners; leave it as it was and publish a new version (…v2) beside it."
            );

    [Fact]
    public void An_addition_asks_to_be_approved_and_says_how() =>
        Fixtures
            .BreachesOf<EventsStayAsApproved>()
            .ShouldContain(
                "wobbles.wobble-issued.v1 Added: is new; if listeners can do without it and it has a default, approve it by adding to "
                    + "Wobbles.Contracts/events.approved.txt the line '  Added: string' to wobbles.wobble-issued.v1."
            );

    [Fact]
    public void Nothing_but_what_differs_from_the_approved_shape_is_reported() =>
        Fixtures
            .PlacesOf<EventsStayAsApproved>()
            .ShouldBe([
                "wobbles.wobble-burnt.v1",
                "wobbles.wobble-issued.v1 Added",
                "wobbles.wobble-issued.v1 Amount",
                "wobbles.wobble-issued.v1 Removed",
                "wobbles.wobble-spent.v1",
            ]);

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

    [Fact]
    [Trait("Fault", "G5")]
    [Trait("Fault", "S15")]
    public void A_member_that_was_added_without_a_default_is_reported_since_old_events_cannot_be_read()
    {
        var breaches = Fixtures.BreachesOf<OldEventsAreRead>().ToList();
        foreach (
            var (alias, line, reason) in new[]
            {
                ("wobbles.wobble-issued.v1", 1, "added"),
                ("wobbles.wobble-lent.v1", 3, "hint"),
                ("wobbles.wobble-lost.v1", 5, "Finder would be null"),
            }
        )
        {
            breaches.ShouldContain(breach =>
                breach.StartsWith(
                    $"{alias}: cannot be read as it was written before (Wobbles.Contracts/events.examples.txt, line {line}): ",
                    StringComparison.Ordinal
                ) && breach.Contains(reason, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    [Trait("Fault", "S15")]
    public void An_event_whose_present_shape_has_no_example_says_the_line_to_add() =>
        Fixtures
            .BreachesOf<OldEventsAreRead>()
            .ShouldContain(
                "wobbles.wobble-spent.v1: has no example of what it looks like now; add to "
                    + "Wobbles.Contracts/events.examples.txt the line 'wobbles.wobble-spent.v1 "
                    + """{"wobbleId":"0199c000-0000-7000-8000-000000000000","spentBy":"0199c000-0000-7000-8000-000000000000","""
                    + "\""
                    + """notes":["text"],"spentAt":"2026-01-02T03:04:05Z"}'."""
            );
}
